/** The pages of the console, and how they are looked at. */
import type { BrowserContextOptions } from 'playwright-core';

/** What there is to show. */
export interface Shown {
  /** Ids of orders. */
  readonly confirmed: string;
  readonly cancelled: string;
  /** As in the address of a task. */
  readonly task: string;
}

export interface ShownPage {
  /** Below `/console/`. */
  readonly pathOf: (shown: Shown) => string;
  /** What is there when the page is. */
  readonly ready: string;
}

export const PAGES: Readonly<Record<string, ShownPage>> = {
  orders: { pathOf: () => 'orders', ready: '.rows .row-link' },
  order: { pathOf: ({ confirmed }) => `orders/${confirmed}`, ready: '.saga' },
  cancelled: { pathOf: ({ cancelled }) => `orders/${cancelled}`, ready: '.saga' },
  tasks: { pathOf: () => 'tasks', ready: '.causes .row-link' },
  task: { pathOf: ({ task }) => `tasks/${task}`, ready: '.guidance' },
  'dead-letters': { pathOf: () => 'dead-letters', ready: 'h1' },
  packing: { pathOf: () => 'packing', ready: '.parcels' },
  stock: { pathOf: () => 'stock', ready: 'h1' },
  article: { pathOf: () => 'stock/TSHIRT', ready: '.shelves' },
  health: { pathOf: () => 'health', ready: '.rows' },
  configuration: { pathOf: () => 'configuration', ready: '.settings' },
};

export interface Look {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** Whether the whole page is taken, and not what fits the screen. */
  readonly isWhole: boolean;
}

const SIZES = { wide: { width: 1_280, height: 800 }, narrow: { width: 375, height: 740 } } as const;

/** Every language, scheme and size. */
export const LOOKS: readonly Look[] = [['en', 'en-GB'] as const, ['zh', 'zh-CN'] as const].flatMap(
  ([language, locale]) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      (['wide', 'narrow'] as const).map((size) => ({
        name: `${language}-${colorScheme}-${size}`,
        options: { locale, colorScheme, viewport: SIZES[size] },
        isWhole: size === 'narrow',
      })),
    ),
);
