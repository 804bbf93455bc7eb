/** What the contracts of stock have in common. */
import * as z from 'zod';
import { links } from '../../../shared/http/fields.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import { SKU } from '../../../shared/kernel/ids.ts';

export const STOCK: Tag = { name: 'Stock', description: 'What there is of each article, and how it came about.' };

/** An article that the examples are about. Tests put another one in its place. */
export const ARTICLE = 'TEAPOT-1L';
export const PATH = `/api/v1/stock/${ARTICLE}`;

export const stockPath = z.object({ sku: z.string().regex(SKU) });
export const units = z.int().min(0);
export const stock = z
  .object({
    sku: z.string(),
    available: units.describe('Units that are there, and not reserved.'),
    forSale: units.describe('Those of them that orders can have: without the safety stock.'),
    reserved: units.describe('Units that are kept for orders.'),
    sold: units.describe('Units that have left, and did not come back.'),
    damaged: units.describe('Units that cannot be sold.'),
    received: units.describe(
      'Available, reserved, sold and damaged together: what has arrived, with the corrections of counts.',
    ),
    safetyStock: units.describe('Units that are kept from orders.'),
    lowStockThreshold: units.optional().describe('When no more units than this can be sold, people are told.'),
    low: z.boolean().optional().describe('Whether people were told.'),
    links: links('self', 'history'),
  })
  .meta({ id: 'Stock', description: 'The units of an article.' });

const LINKS = { self: PATH, history: `${PATH}/history` };
export const shown = (counts: { available: number; damaged?: number; received: number }) => ({
  sku: ARTICLE,
  forSale: counts.available,
  safetyStock: 0,
  reserved: 0,
  sold: 0,
  damaged: 0,
  ...counts,
  links: LINKS,
});
