/** The settings of what happens to orders: their goods and their money. */
import * as z from 'zod';
import { DAY_SECONDS, group, wholeNumber } from './fields.ts';

export const inventory = group({
  /** How long goods are kept for an order that is not paid. */
  reservationSeconds: wholeNumber(1, 30 * DAY_SECONDS),
  /** Units that are kept from orders, of an article that gets its first goods. */
  safetyStock: wholeNumber(0, 1_000_000),
  /** When people are told that there is little left of an article that gets its first goods; null: never. */
  lowStockThreshold: wholeNumber(0, 1_000_000).nullable(),
  /** What becomes of an order that wants more than there is: it is cancelled, it waits for goods, or it becomes an order of what there is. */
  whenShort: z.enum(['refuse', 'backorder', 'partial']),
  /** How long a backorder waits for goods before it is cancelled. */
  backorderDays: wholeNumber(1, 180),
});

/** By method of payment, within what its channel takes: a code of WeChat Pay lives two hours, and a transfer takes banking days. */
export const payments = group({
  /** How long a customer has to pay, after the order was placed or approved. */
  payWithinSeconds: group({
    card: wholeNumber(60, 3_600),
    alipay: wholeNumber(60, DAY_SECONDS),
    wechat_pay: wholeNumber(60, 7_200),
    bank_transfer: wholeNumber(60, 14 * DAY_SECONDS),
  }),
});
