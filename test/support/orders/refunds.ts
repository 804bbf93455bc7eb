/** An order with money and units to refund, and the events of its refunds. Amounts are fen. */

import type { OrderEvent, OrderLine } from '../../../functions/published/order-events.ts';
import { money, sum } from '../../../functions/shared/kernel/money.ts';
import type { Units } from '../../../functions/shared/kernel/units.ts';
import { created, EVENTS, line } from './streams.ts';

export const cny = (amount: number) => money(amount, 'CNY');
/** Units of an article that an order has or has not. */
export const units = (sku: string, quantity: number): Units => ({ sku: line(sku).sku, quantity });

/** Three mugs for ¥100.00, which do not divide, a T-shirt, and a sticker that comes for nothing. */
const LINES: readonly OrderLine[] = [
  { ...line('MUG-BLUE', 3, 4_500), discount: cny(3_500), net: cny(10_000) },
  line('TSHIRT', 1, 12_900),
  { ...line('STICKER', 1, 300), discount: cny(300), net: cny(0) },
];
/** Of these lines. */
export const total = sum(
  LINES.map(({ net }) => net),
  'CNY',
);
const { reserved, arranged, confirmed } = EVENTS;
const taken = { paymentId: 'pay-1', amount: total };
/** Charged and not shipped yet. */
export const CHARGED: readonly OrderEvent[] = [
  created(LINES),
  reserved,
  { type: 'PaymentAuthorised', data: taken },
  arranged,
  { type: 'PaymentCaptured', data: taken },
  confirmed,
];
/** Charged and with the carrier. */
export const SHIPPED: readonly OrderEvent[] = [...CHARGED, { type: 'OrderShipped', data: {} }];

export const requested = (amount: number, lines: readonly Units[] = [], refundId = 'refund-1'): OrderEvent => ({
  type: 'RefundRequested',
  data: { refundId, amount: cny(amount), lines },
});
export const paidBack = (amount: number, refundId = 'refund-1'): OrderEvent => ({
  type: 'PaymentRefunded',
  data: { paymentId: 'pay-1', amount: cny(amount), refundId },
});
export const failed = (refundId = 'refund-1'): OrderEvent => ({
  type: 'RefundFailed',
  data: { refundId, reason: 'gateway_unavailable' },
});
