/** What a shop sells, and by which rules, as files have it: articles, promotions and the stock to begin with. */
import * as z from 'zod';
import { promotionRecord } from '../../functions/orders/adapters/promotion-record.ts';
import { SKU } from '../../functions/shared/kernel/ids.ts';

const MOST_UNITS = 1_000_000;
const sku = z.string().regex(SKU, 'expected 1 to 64 letters, digits, dots, dashes or underscores');
const units = z.int().min(0).max(MOST_UNITS);

const article = z.strictObject({
  sku,
  name: z.string().min(1).max(200),
  unitPrice: z.strictObject({
    amount: z.int('expected a whole number of minor units').min(0),
    currency: z.string().regex(/^[A-Z]{3}$/, 'expected a currency of ISO 4217 such as CNY'),
  }),
});
export type ArticleRecord = z.output<typeof article>;

const stock = z.strictObject({
  sku,
  /** Units that are there, and not reserved. */
  available: units,
});
export type StockRecord = z.output<typeof stock>;

/** As the table of promotions keeps it, with moments as text. */
export type PromotionRecord = Readonly<Record<string, unknown>> & { readonly code: string };

export interface ShopRecords {
  readonly articles: readonly ArticleRecord[];
  readonly promotions: readonly PromotionRecord[];
  readonly stock: readonly StockRecord[];
}

export const KINDS = ['articles', 'promotions', 'stock'] as const;
export type Kind = (typeof KINDS)[number];

/** The field of each kind that no two records share. */
export const KEYS = { articles: 'sku', promotions: 'code', stock: 'sku' } as const satisfies Record<Kind, string>;

export interface Fault {
  /** The field, such as `unitPrice.amount`; empty for the record as a whole. */
  readonly field: string;
  readonly problem: string;
}

type Checked = { readonly record: ShopRecords[Kind][number] } | { readonly faults: readonly Fault[] };

const SCHEMAS: Readonly<Record<Kind, z.ZodType>> = { articles: article, promotions: promotionRecord, stock };

/** One record of a file. It is kept as it is written, so that a file that was exported is the one that was imported. */
export function checked(kind: Kind, value: unknown): Checked {
  const parsed = SCHEMAS[kind].safeParse(value);
  if (parsed.success) return { record: value as ShopRecords[Kind][number] };
  return { faults: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message })) };
}
