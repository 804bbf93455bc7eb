import { expect, test } from 'vitest';
import { refundsOnRecord } from '../../../../../functions/payments/domain/refunds-on-record.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { requested, SHIPPED } from '../../../../support/orders/refunds.ts';
import { streamOf } from '../../../../support/orders/streams.ts';

const told = (notificationId: string, number?: string): OrderEvent => ({
  type: 'PaymentNotified',
  data: { channel: 'alipay', notificationId, ...(number !== undefined && { refund: { number } }) },
});
const resumed: OrderEvent = { type: 'TaskResumed', data: { taskId: 't-1', kind: 'refund', refundId: 'refund-1' } };
const of = (...events: readonly OrderEvent[]) => refundsOnRecord(streamOf([...SHIPPED, ...events]));

test('What a channel has told is asked for once, the oldest first', () => {
  expect(of(told('n-1'), told('n-2', '7'), told('n-3', '5'), told('n-4', '7')).told).toEqual(['7', '5']);
});

test('A refund may have been made once, and once more for each wish of a person', () => {
  expect(of(requested(500))).toMatchObject({ ids: expect.arrayContaining(['refund-1']), attempts: 1, told: [] });
  expect(of(requested(500), resumed, resumed).attempts).toBe(3);
});
