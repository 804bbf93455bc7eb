/** What requests about stock say. */
import * as z from 'zod';
import { noSuchForm } from '../../shared/http/fault-text.ts';
import { generousLimitParameter } from '../../shared/http/page-limit.ts';
import { sku } from '../../shared/http/sku.ts';
import { singleLine } from '../../shared/http/text.ts';
import { LOCATION_ID, type LocationId } from '../../shared/kernel/location.ts';
import { DAMAGE_REASONS } from '../domain/stock-events.ts';

const MOST_UNITS = 1_000_000;
/** As many as an order has articles at most. */
const MOST_ARTICLES = 97;

const units = z.int().min(1).max(MOST_UNITS);

const namedLocation = z
  .string()
  .regex(LOCATION_ID, { error: noSuchForm('1 to 16 small letters, digits or dashes, a letter first, such as main') })
  .transform((value) => value as LocationId);
const at = {
  location: namedLocation.describe('Where. @default main').exactOptional(),
};
const reference = singleLine(100).exactOptional();

export const movementRequest = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('receipt'), quantity: units, reference, ...at }),
  z.strictObject({
    type: z.literal('correction'),
    quantity: z
      .int()
      .min(-MOST_UNITS)
      .max(MOST_UNITS)
      .refine(
        (quantity) => quantity !== 0,
        'It is 0; expected the number of units that were found (+) or are missing (−).',
      ),
    reason: singleLine(200),
    ...at,
  }),
  z.strictObject({ type: z.literal('damage'), quantity: units, reason: z.enum(DAMAGE_REASONS), ...at }),
  z
    .strictObject({
      type: z.literal('transfer'),
      quantity: units,
      from: namedLocation,
      to: namedLocation,
      reference,
    })
    .refine(({ from, to }) => from !== to, {
      path: ['to'],
      message: 'It is the same as `from`; expected another location.',
    }),
]);
export type MovementRequest = z.output<typeof movementRequest>;

export const limitsRequest = z.strictObject({
  ...at,
  safetyStock: z.int().min(0).max(MOST_UNITS),
  lowStockThreshold: z.int().min(0).max(MOST_UNITS).exactOptional(),
  reason: singleLine(200),
});

export const availabilityRequest = z.strictObject({
  items: z
    .array(z.strictObject({ sku, quantity: units }))
    .min(1)
    .max(MOST_ARTICLES)
    .refine(
      (items) => new Set(items.map((item) => item.sku)).size === items.length,
      'It has an article more than once; expected each once.',
    )
    .meta({ uniqueItems: true }),
});

export const stockListQuery = z.strictObject({
  low: z.literal('true').meta({ description: 'Only articles of which there is little can be listed.' }),
  limit: generousLimitParameter,
  cursor: z.string().optional(),
});

export const stockHistoryQuery = z.strictObject({ limit: generousLimitParameter, cursor: z.string().optional() });
