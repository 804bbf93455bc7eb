import { describe, expect, test } from 'vitest';
import { toldOf } from '../../../../functions/notifications/domain/notification-of.ts';
import { inPercent } from '../../../../functions/notifications/domain/render.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { HAPPY_PATH, line, streamOf } from '../../../support/orders/streams.ts';

const lines = [{ sku: line().sku, quantity: 1 }];
const requested = (fee: object): OrderEvent => ({
  type: 'ReturnRequested',
  data: { returnId: 'return-1', lines, ...fee },
});
const received: OrderEvent = { type: 'ReturnReceived', data: { returnId: 'return-1', accepted: lines, rejected: [] } };
const refund = (amount: number, fee: object, returnId = 'return-1'): OrderEvent => ({
  type: 'RefundRequested',
  data: { refundId: 'refund-1', returnId, amount: money(amount, 'CNY'), lines, ...fee },
});
const refunded = (amount: number, refundId = 'refund-1'): OrderEvent => ({
  type: 'PaymentRefunded',
  data: { paymentId: 'pay-1', refundId, amount: money(amount, 'CNY') },
});
const FEE = { restockingFee: money(450, 'CNY') };

/** What is told of the event at this place after the confirmation when all of them are known. */
const told = (place: number, ...events: readonly OrderEvent[]) => {
  const stream = streamOf([...HAPPY_PATH, ...events]);
  return toldOf(stream[HAPPY_PATH.length + place]!, stream, { language: 'en', timeZone: 'UTC' });
};

describe('Of a restocking fee a customer is told', () => {
  test('how much it is when they request the return', () => {
    expect(told(0, requested({ restockingFeeBasisPoints: 1_250 }))?.text).toContain('we keep 12.5% as a restocking');
    expect(told(0, requested({}))?.text).not.toContain('fee');
  });

  test('what is kept when the goods have come, and nothing when nothing is', () => {
    expect(told(0, received, refund(4_050, FEE))).toMatchObject({
      values: FEE,
      text: expect.stringContaining('Of that, we keep CN¥4.50 as a restocking fee.'),
    });
    expect(told(0, received, refund(4_500, {}))?.text).not.toContain('fee');
    expect(told(0, received, refund(4_050, FEE, 'return-2'))?.text).not.toContain('fee');
  });

  test('what was kept when the money goes back, of that refund alone', () => {
    expect(told(2, received, refund(4_050, FEE), refunded(4_050))).toMatchObject({
      values: { amount: money(4_050, 'CNY'), ...FEE },
      text: expect.stringContaining('We have kept a restocking fee of CN¥4.50.'),
    });
    expect(told(2, received, refund(4_050, FEE), refunded(100, 'refund-2'))?.text).not.toContain('fee');
  });

  test('no refund when the fee is all of it', () => {
    expect(told(2, received, refund(0, FEE), refunded(0))).toBeUndefined();
  });
});

test.each([
  [1, '0.01%'],
  [250, '2.5%'],
  [10_000, '100%'],
])('%i hundredths of a percent are %s in each language', (part, expected) => {
  expect([inPercent(part, 'en'), inPercent(part, 'zh')]).toEqual([expected, expected]);
});
