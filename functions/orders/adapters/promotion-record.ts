/** The record of a promotion, as merchants' tools write it and `promotions` keeps it. */
import * as z from 'zod';
import type { Sku } from '../../shared/kernel/ids.ts';
import { BrokenPromotion } from '../domain/errors.ts';
import { type Condition, DISCOUNT_CODE, type DiscountRule, type Promotion } from '../domain/pricing/promotion.ts';

const count = z.int().min(1);
const money = z.strictObject({ amount: z.int().min(1), currency: z.string().regex(/^[A-Z]{3}$/) });
const sku = z
  .string()
  .min(1)
  .transform((text) => text as Sku);
/** Absent means the whole order, so an empty list, which would mean nothing, is a mistake. */
const scope = { skus: z.array(sku).min(1).exactOptional() };
const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .exactOptional();

const condition: z.ZodType<Condition> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('minimum-subtotal'), amount: money, ...scope }),
  z.strictObject({ type: z.literal('minimum-quantity'), quantity: count, ...scope }),
  z.strictObject({ type: z.literal('contains-sku'), sku }),
]);

const rule: z.ZodType<DiscountRule> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('percentage'), basisPoints: z.int().min(1).max(10_000), ...scope }),
    z.strictObject({ type: z.literal('fixed'), amount: money, ...scope }),
    z.strictObject({ type: z.literal('buy-x-get-y'), buy: count, get: count, ...scope }),
    z.strictObject({ type: z.literal('conditional'), condition, discount: rule }),
    z.strictObject({ type: z.literal('composed'), mode: z.enum(['all', 'best']), discounts: z.array(rule).min(1) }),
  ]),
);

/** What a record has to be. */
export const promotionRecord: z.ZodType<Promotion> = z
  .strictObject({
    code: z.string().regex(DISCOUNT_CODE),
    name: z.string().min(1).max(100),
    rule,
    validFrom: moment,
    validUntil: moment,
  })
  .refine(({ validFrom = -Infinity, validUntil = Infinity }) => validFrom < validUntil, 'It ends before it begins.');

/** @throws BrokenPromotion with the reason: no order is priced by a record that cannot be read */
export function parsePromotion(record: Readonly<Record<string, unknown>>): Promotion {
  const parsed = promotionRecord.safeParse(record);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`);
  throw new BrokenPromotion(String(record.code), complaints);
}
