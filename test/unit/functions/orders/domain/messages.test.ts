/** What customers are told, by the event: the template and its values, with which clients make a text of their own. */
import { describe, expect, test } from 'vitest';
import type { RejectedUnits } from '../../../../../functions/orders/domain/event-data.ts';
import { ORDER_MESSAGES } from '../../../../../functions/orders/domain/notifications.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import { CUSTOMER_ID, EVENTS, ORDER_ID as orderId } from '../../../../support/orders/streams.ts';

const mugs = { sku: 'MUG-BLUE' as Sku, quantity: 2 };
const tee = { sku: 'TEE' as Sku, quantity: 1 };
const returned = { customerId: CUSTOMER_ID, returnId: 'return-1' };
const damaged: RejectedUnits = { ...tee, reason: 'damaged', comment: 'Torn, says Ann.' };

describe('A customer is told', () => {
  test('what an order waits for, and until when', () => {
    const { lines, until } = EVENTS.backordered.data;
    const message = ORDER_MESSAGES.OrderBackordered(orderId, EVENTS.backordered.data);
    expect(message).toMatchObject({ template: 'order-backordered', values: { orderId, awaited: lines, until } });
    expect(message.text).toContain(`waits for 1 × MUG-BLUE, of which`);
    expect(message.text).toContain(`by ${until.slice(0, 10)}, we`);
  });

  test('what was taken off an order', () => {
    const message = ORDER_MESSAGES.UnitsRemoved(orderId, { ...EVENTS.unitsRemoved.data, removed: [mugs, tee] });
    expect(message).toMatchObject({ template: 'units-removed', values: { orderId, removed: [mugs, tee] } });
    expect(message.text).toContain('2 × MUG-BLUE, 1 × TEE');
  });

  test('that an order is confirmed', () => {
    const message = ORDER_MESSAGES.OrderConfirmed(orderId, EVENTS.confirmed.data);
    expect(message).toMatchObject({ template: 'order-confirmed', values: { orderId } });
  });

  test('why an order was cancelled, and that nothing is to pay', () => {
    const message = ORDER_MESSAGES.OrderCancelled(orderId, { ...EVENTS.cancelled.data, reason: 'out_of_stock' });
    expect(message).toMatchObject({ template: 'order-cancelled/out_of_stock', values: { orderId } });
    expect(message.values).not.toHaveProperty('refundDelayed');
    expect(message.text).toMatch(/sold out\. You pay nothing\.$/);
  });

  test('that money is not back yet when its way back waits for a person, and only then', () => {
    const told = (parked: (typeof EVENTS.parked.data.step | 'ReleaseInventory')[]) =>
      ORDER_MESSAGES.OrderCancelled(orderId, { ...EVENTS.cancelled.data, parked }).values.refundDelayed;
    expect(told(['ReleaseInventory', 'VoidPayment'])).toBe(true);
    expect(told(['ReleaseInventory'])).toBeUndefined();
  });

  test('which units of a return are refunded and which are not and why, without what was written about them', () => {
    const message = ORDER_MESSAGES.ReturnReceived(orderId, { ...returned, accepted: [mugs], rejected: [damaged] });
    const rejected = [{ ...tee, reason: 'damaged' }];
    expect(message).toMatchObject({
      template: 'return-received',
      values: { orderId, returnId: 'return-1', accepted: [mugs], rejected },
    });
    expect(message.text).toMatch(/accepted 2 × MUG-BLUE, and refund.*We could not accept 1 × TEE \(damaged\)\.$/);
    expect(JSON.stringify(message)).not.toContain('Ann');
  });

  test('nothing of units that there are not', () => {
    const text = (accepted: (typeof mugs)[], rejected: RejectedUnits[]) =>
      ORDER_MESSAGES.ReturnReceived(orderId, { ...returned, accepted, rejected }).text;
    expect(text([mugs], [])).not.toContain('could not accept');
    expect(text([], [damaged])).not.toContain('have accepted');
  });

  test('which units of a return stay with the customer', () => {
    const message = ORDER_MESSAGES.ReturnWithdrawn(orderId, { ...returned, lines: [mugs] });
    expect(message).toMatchObject({
      template: 'return-withdrawn',
      values: { orderId, returnId: 'return-1', withdrawn: [mugs] },
    });
    expect(message.text).toContain('2 × MUG-BLUE');
  });
});
