/** What customers are told of parcels: that they leave, and how they come. */
import { describe, expect, test } from 'vitest';
import { toldOf } from '../../../../functions/notifications/domain/notification-of.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { FIRST, IN_TWO_PARCELS, LEAVING, SECOND, SECOND_LEAVES, tracked } from '../../../support/orders/parcels.ts';
import { streamOf } from '../../../support/orders/streams.ts';

const STYLE = { language: 'en', timeZone: 'Asia/Shanghai' } as const;

/** What is told of the last of these events. */
const told = (...events: readonly OrderEvent[]) => {
  const stream = streamOf(events);
  return toldOf(stream.at(-1)!, stream, STYLE);
};

describe('A customer is told', () => {
  test('of each of several parcels when it leaves: the first with the order, another with its own number', () => {
    expect(told(...IN_TWO_PARCELS, ...LEAVING)).toMatchObject({
      template: 'order-shipped',
      values: { carrier: 'Sim Express', trackingNumber: 'TRK-shp-1', parcels: 2 },
      text: expect.stringMatching(/The number of the parcel is TRK-shp-1\.\nIt comes in 2 parcels: .+/),
    });
    expect(told(...IN_TWO_PARCELS, LEAVING[0]!)).toBeUndefined();
    expect(told(...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES)).toMatchObject({
      template: 'parcel-shipped',
      values: { trackingNumber: 'TRK-shp-2' },
    });
  });

  test('the numbers of parcels that leave together', () => {
    const [firstLeaves, shipped] = LEAVING;
    const message = told(...IN_TWO_PARCELS, firstLeaves!, SECOND_LEAVES, shipped!);
    expect(message).toMatchObject({
      template: 'order-shipped',
      text: expect.stringMatching(/\nThe numbers of the parcels are TRK-shp-1, TRK-shp-2\.$/),
    });
    expect(Object.keys(message!.values)).toEqual(['orderId', 'carrier', 'trackingNumbers']);
  });

  test('of no parcel that was cancelled before the others left', () => {
    const cancelled: OrderEvent = { type: 'ShipmentCancelled', data: { shipmentId: SECOND, bookingId: 'shp-2' } };
    const { values } = told(...IN_TWO_PARCELS, cancelled, ...LEAVING)!;
    expect(values).toMatchObject({ trackingNumber: 'TRK-shp-1' });
    expect(values.parcels).toBeUndefined();
  });

  test.each([
    ['that it was delivered', { type: 'ShipmentDelivered', data: { shipmentId: SECOND } }, false],
    ['that the other one was delivered', { type: 'ShipmentDelivered', data: { shipmentId: FIRST } }, true],
    ['that all were delivered', { type: 'OrderDelivered', data: {} }, false],
  ] as const)('that another parcel leaves, unless they know already %s', (_, later, isStillTold) => {
    const stream = streamOf([...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES, later]);
    const leaves = stream.findLast(({ type }) => type === 'ShipmentHandedOver')!;
    const message = toldOf(leaves, stream, STYLE);
    expect(message !== undefined).toBe(isStillTold);
  });
});

describe('Of a parcel', () => {
  const underWay: readonly OrderEvent[] = [...IN_TWO_PARCELS, ...LEAVING];
  const isTold = (place: number, ...more: readonly OrderEvent[]) => {
    const stream = streamOf([...underWay, ...more]);
    return toldOf(stream[underWay.length + place]!, stream, STYLE)?.template;
  };

  test('a customer is told that it comes today, and that it could not be delivered, with its number', () => {
    expect(told(...underWay, tracked(SECOND, 'out_for_delivery'))).toMatchObject({
      template: 'parcel-out-for-delivery',
      values: { trackingNumber: 'TRK-shp-2' },
    });
    expect(told(...underWay, tracked(FIRST, 'delivery_attempted'))).toMatchObject({
      template: 'delivery-attempted',
      values: { trackingNumber: 'TRK-shp-1' },
    });
  });

  test('nothing else is told', () => {
    for (const status of ['handed_over', 'in_transit', 'lost', 'returned_to_sender', 'delivered'] as const) {
      expect(told(...underWay, tracked(FIRST, status))).toBeUndefined();
    }
  });

  test('nothing is told that comes too late, whatever was recorded first', () => {
    const [comes, tried] = [tracked(FIRST, 'out_for_delivery', 100), tracked(FIRST, 'delivery_attempted', 200)];
    expect([isTold(0, comes, tried), isTold(1, comes, tried)]).toEqual([undefined, 'delivery-attempted']);
    expect([isTold(0, tried, comes), isTold(1, tried, comes)]).toEqual(['delivery-attempted', undefined]);
    expect(isTold(1, tracked(FIRST, 'delivered', 50), comes)).toBeUndefined();
    expect(isTold(1, { type: 'ShipmentDelivered', data: { shipmentId: FIRST } }, comes)).toBeUndefined();
    expect(isTold(1, { type: 'ShipmentDelivered', data: { shipmentId: SECOND } }, comes)).toBe(
      'parcel-out-for-delivery',
    );
  });
});
