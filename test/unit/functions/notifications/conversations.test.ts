/** Whole lives of orders as their customers are told of them, in each language. `vitest -u` writes them anew: read them then. */
import { describe, expect, test } from 'vitest';
import { toldOf } from '../../../../functions/notifications/domain/notification-of.ts';
import { LANGUAGES, type Language, type OrderEvent } from '../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { FIRST, IN_TWO_PARCELS, LEAVING, SECOND, SECOND_LEAVES, tracked } from '../../../support/orders/parcels.ts';
import { CUSTOMER_ID, created, EVENTS, HAPPY_PATH, line, streamOf } from '../../../support/orders/streams.ts';

const ordered = created([line('MUG-BLUE', 2), line('TSHIRT', 1, 12_900)]);
const AFTER_ORDER = HAPPY_PATH.slice(1);
const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };
const mug = { sku: 'MUG-BLUE' as Sku, quantity: 1 };
const returned = { customerId: CUSTOMER_ID, returnId: '0190f3a0-0000-7000-8000-0000000000b1' };
const paidWith: OrderEvent = {
  type: 'PaymentActionRequired',
  data: {
    amount: ordered.data.total,
    action: { type: 'qr_code', text: 'weixin://pay' },
    expiresAt: '2026-01-02T03:34:05.000Z',
    askAgainSeconds: 10,
  },
};

const LIVES: Readonly<Record<string, readonly OrderEvent[]>> = {
  'paid by card, delivered, returned in part': [
    ordered,
    ...AFTER_ORDER,
    shipped,
    delivered,
    { type: 'ReturnRequested', data: { returnId: returned.returnId, lines: [{ ...mug, quantity: 2 }] } },
    { type: 'ReturnReceived', data: { ...returned, accepted: [mug], rejected: [{ ...mug, reason: 'used' }] } },
    { type: 'PaymentRefunded', data: { paymentId: 'pay-1', refundId: 'r-1', amount: money(4_500, 'CNY') } },
    { type: 'RefundFailed', data: { refundId: 'r-1', reason: 'closed', reversed: money(4_500, 'CNY') } },
  ],
  'in two parcels, each followed to the door': [
    ...IN_TWO_PARCELS,
    ...LEAVING,
    tracked(FIRST, 'in_transit', 200),
    tracked(FIRST, 'out_for_delivery', 300),
    SECOND_LEAVES,
    tracked(FIRST, 'delivered', 400),
    { type: 'ShipmentDelivered', data: { shipmentId: FIRST } },
    tracked(SECOND, 'delivery_attempted', 500),
    tracked(SECOND, 'out_for_delivery', 600),
    tracked(SECOND, 'delivered', 700),
    { type: 'ShipmentDelivered', data: { shipmentId: SECOND } },
    delivered,
  ],
  'delivered, with a return that nobody sends': [
    ordered,
    ...AFTER_ORDER,
    shipped,
    delivered,
    {
      type: 'ReturnRequested',
      data: { returnId: returned.returnId, lines: [mug], expectedUntil: '2026-02-01T03:34:05.000Z' },
    },
    { type: 'ReturnExpired', data: { ...returned, lines: [mug] } },
  ],
  'delivered, and returned to a shop that keeps a fee': [
    ordered,
    ...AFTER_ORDER,
    shipped,
    delivered,
    { type: 'ReturnRequested', data: { returnId: returned.returnId, lines: [mug], restockingFeeBasisPoints: 1_250 } },
    { type: 'ReturnReceived', data: { ...returned, accepted: [mug], rejected: [] } },
    {
      type: 'RefundRequested',
      data: {
        refundId: 'r-1',
        returnId: returned.returnId,
        amount: money(3_938, 'CNY'),
        restockingFee: money(562, 'CNY'),
        lines: [mug],
      },
    },
    { type: 'PaymentRefunded', data: { paymentId: 'pay-1', refundId: 'r-1', amount: money(3_938, 'CNY') } },
  ],
  'held, then paid by a code': [
    { ...ordered, data: { ...ordered.data, review: 'required' } },
    { type: 'OrderApproved', data: {} },
    EVENTS.reserved,
    paidWith,
    ...HAPPY_PATH.slice(2),
  ],
  'backordered, with too little in the end, and cancelled by its customer': [
    ordered,
    EVENTS.backordered,
    EVENTS.unitsRemoved,
    ...AFTER_ORDER,
    { type: 'CancellationRequested', data: { reason: 'customer_request', from: 'processing' } },
    { type: 'PaymentRefunded', data: { paymentId: 'pay-1', amount: money(4_500, 'CNY') } },
    { type: 'OrderCancelled', data: { customerId: CUSTOMER_ID, reason: 'customer_request', parked: [] } },
  ],
  'cancelled while the money is away': [
    ordered,
    EVENTS.reserved,
    {
      type: 'OrderCancelled',
      data: { customerId: CUSTOMER_ID, reason: 'carrier_unavailable', parked: ['VoidPayment'] },
    },
  ],
};

/** Each message as it is told when nothing later is known than its event, and the refund that is recorded together with a receipt. */
const conversation = (life: readonly OrderEvent[], language: Language): string[] => {
  const stream = streamOf(life);
  return stream.flatMap((event, index) => {
    const known = index + (stream[index + 1]?.type === 'RefundRequested' ? 2 : 1);
    const told = toldOf(event, stream.slice(0, known), { language, timeZone: 'Asia/Shanghai' });
    return told ? [`[${event.occurredAt}] ${told.subject}\n${told.text}`] : [];
  });
};

describe.each(LANGUAGES)('The conversation in %s', (language) => {
  test('is as it was read by a person', async () => {
    const text = Object.entries(LIVES).map(
      ([name, life]) => `# ${name}\n\n${conversation(life, language).join('\n\n')}\n`,
    );
    await expect(text.join('\n')).toMatchFileSnapshot(`conversations/${language}.txt`);
  });

  test.each(Object.entries(LIVES))('has each message once: %s', (_, life) => {
    const told = conversation(life, language);
    expect(new Set(told).size).toBe(told.length);
    expect(told.length).toBeGreaterThan(1);
  });
});
