/** What the contracts of stock have in common. */
import * as z from 'zod';
import { links, timestamp } from '../../../shared/http/fields.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import { SKU } from '../../../shared/kernel/ids.ts';
import { DEFAULT_LOCATION } from '../../../shared/kernel/location.ts';
import { STOCK_MEANINGS, type StockEvent } from '../../domain/stock-events.ts';

export const STOCK: Tag = { name: 'Stock', description: 'What there is of each article, and how it came about.' };

/** An article that the examples are about. Tests put another one in its place. */
export const ARTICLE = 'TEAPOT-1L';
export const PATH = `/api/v1/stock/${ARTICLE}`;

export const stockPath = z.object({ sku: z.string().regex(SKU) });
export const units = z.int().min(0);
const counts = {
  available: units.describe('Units that are there, and not reserved.'),
  forSale: units.describe('Those of them that orders can have: without the safety stock, and at active locations.'),
  reserved: units.describe('Units that are kept for orders.'),
  sold: units.describe('Units that have left, and did not come back.'),
  damaged: units.describe('Units that cannot be sold.'),
  received: units.describe(
    'Available, reserved, sold and damaged together: what has arrived, with the corrections of counts and the transfers between locations.',
  ),
  safetyStock: units.describe('Units that are kept from orders.'),
};
const atLocation = z
  .object({
    location: z.string().describe('A key of the setting `inventory.locations`.'),
    active: z.boolean().describe('Whether orders get goods from there.'),
    ...counts,
  })
  .meta({ id: 'LocationStock', description: 'The units of an article at one location.' });
export const stock = z
  .object({
    sku: z.string(),
    ...counts,
    lowStockThreshold: units.optional().describe('When no more units than this can be sold, people are told.'),
    low: z.boolean().optional().describe('Whether people were told.'),
    locations: z.array(atLocation).describe('Where the article has or had stock.'),
    links: links('self', 'history'),
  })
  .meta({ id: 'Stock', description: 'The units of an article, at all locations together and at each.' });

const event = z
  .object({
    version: z.int().min(1).describe('1 for the first event of the article, then without gaps.'),
    type: z.enum(Object.keys(STOCK_MEANINGS) as StockEvent['type'][]).describe(
      Object.entries(STOCK_MEANINGS)
        .map(([type, meaning]) => `- \`${type}\`: ${meaning}`)
        .join('\n'),
    ),
    occurredAt: timestamp,
    actor: z.object({ type: z.enum(['customer', 'operator', 'system']), id: z.string() }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'StockEvent', description: 'A change of an article’s stock that no order has made. It never changes.' });
export const stockHistory = z
  .object({
    sku: z.string(),
    events: z.array(event),
    next: z.string().optional().describe('The `cursor` of the next page.'),
    links: links('self', 'stock'),
  })
  .meta({ id: 'StockHistory' });
export const stockList = z
  .object({
    items: z.array(stock),
    next: z.string().optional().describe('The `cursor` of the next page.'),
    links: links('self'),
  })
  .meta({ id: 'StockList' });

const LINKS = { self: PATH, history: `${PATH}/history` };
interface Shown {
  readonly available: number;
  readonly damaged?: number;
  readonly received: number;
  readonly safetyStock?: number;
}
/** An article at the usual location alone. */
export function shown({ safetyStock = 0, ...units }: Shown) {
  const all = { forSale: units.available - safetyStock, safetyStock, reserved: 0, sold: 0, damaged: 0, ...units };
  return { sku: ARTICLE, ...all, locations: [{ location: DEFAULT_LOCATION, active: true, ...all }], links: LINKS };
}
