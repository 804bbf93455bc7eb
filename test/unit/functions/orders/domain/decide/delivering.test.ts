import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { STREAMS } from '../../../../../support/orders/lifecycle.ts';
import {
  FIRST,
  IN_TWO_PARCELS,
  LEAVING,
  MUGS,
  NORTH,
  SECOND,
  SECOND_LEAVES,
  SHIRTS,
  tracked,
} from '../../../../../support/orders/parcels.ts';
import { line, ORDER_ID, streamOf } from '../../../../../support/orders/streams.ts';

const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };
const arrives = (shipmentId: typeof FIRST): OrderEvent => ({ type: 'ShipmentDelivered', data: { shipmentId } });
const orderOf = (...events: readonly OrderEvent[]) => fold(streamOf(events)) as ExistingOrder;
const statuses = (...events: readonly OrderEvent[]) => orderOf(...events).shipments.map(({ status }) => status);

describe('An order in one parcel', () => {
  const parcel: OrderEvent = {
    type: 'ShipmentHandedOver',
    data: { shipmentId: FIRST, items: [{ sku: line().sku, quantity: 1 }] },
  };

  test('is shipped, then delivered, each once', () => {
    given(...STREAMS.processing)
      .when({ type: 'ShipOrder' })
      .then(parcel, shipped);
    given(...STREAMS.shipped)
      .when({ type: 'DeliverOrder' })
      .then(arrives(FIRST), delivered);
    given(...STREAMS.shipped)
      .when({ type: 'ShipOrder' })
      .thenRefused({
        kind: 'illegal-transition',
        command: 'ShipOrder',
        from: 'shipped',
        to: 'shipped',
        allowedIn: ['processing'],
      });
    given(...STREAMS.delivered)
      .when({ type: 'DeliverOrder' })
      .thenRefused({
        kind: 'illegal-transition',
        command: 'DeliverOrder',
        from: 'delivered',
        to: 'delivered',
        allowedIn: ['shipped'],
      });
  });

  test('is not delivered before it is shipped', () => {
    given(...STREAMS.processing)
      .when({ type: 'DeliverOrder' })
      .thenRefused({
        kind: 'illegal-transition',
        command: 'DeliverOrder',
        from: 'processing',
        to: 'delivered',
        allowedIn: ['shipped'],
      });
  });

  test('is the same when its parcel is named, by the id of the order', () => {
    given(...STREAMS.processing)
      .when({ type: 'HandOverShipment', shipmentId: ORDER_ID })
      .then(parcel, shipped);
    given(...STREAMS.shipped)
      .when({ type: 'DeliverShipment', shipmentId: ORDER_ID })
      .then(arrives(FIRST), delivered);
  });

  test('of before there were events of parcels has left and arrived all the same', () => {
    expect(statuses(...STREAMS.processing)).toEqual(['booked']);
    expect(statuses(...STREAMS.shipped)).toEqual(['handed_over']);
    expect(statuses(...STREAMS.delivered)).toEqual(['delivered']);
  });
});

describe('An order in two parcels', () => {
  test('is shipped with the first, whichever it is', () => {
    given(...IN_TWO_PARCELS)
      .when({ type: 'HandOverShipment', shipmentId: SECOND })
      .then(SECOND_LEAVES, shipped);
    given(...IN_TWO_PARCELS, ...LEAVING)
      .when({ type: 'HandOverShipment', shipmentId: SECOND })
      .then(SECOND_LEAVES);
    expect(statuses(...IN_TWO_PARCELS, ...LEAVING)).toEqual(['handed_over', 'booked']);
  });

  test('is shipped as a whole by the one command for all', () => {
    given(...IN_TWO_PARCELS)
      .when({ type: 'ShipOrder' })
      .then(LEAVING[0]!, SECOND_LEAVES, shipped);
  });

  test('is delivered with the last', () => {
    const underway = [...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES];
    given(...underway)
      .when({ type: 'DeliverShipment', shipmentId: SECOND })
      .then(arrives(SECOND));
    given(...underway, arrives(SECOND))
      .when({ type: 'DeliverShipment', shipmentId: FIRST })
      .then(arrives(FIRST), delivered);
  });

  test('is delivered as a whole by the one command for all: what has arrived has left', () => {
    given(...IN_TWO_PARCELS, ...LEAVING)
      .when({ type: 'DeliverOrder' })
      .then(SECOND_LEAVES, arrives(FIRST), arrives(SECOND), delivered);
  });

  test('takes each command for a parcel again without an event', () => {
    given(...IN_TWO_PARCELS, ...LEAVING)
      .when({ type: 'HandOverShipment', shipmentId: FIRST })
      .then();
    given(...IN_TWO_PARCELS, ...LEAVING, arrives(FIRST))
      .when({ type: 'DeliverShipment', shipmentId: FIRST })
      .then();
  });

  test('delivers no parcel that is still here, and none that it does not have', () => {
    given(...IN_TWO_PARCELS, ...LEAVING)
      .when({ type: 'DeliverShipment', shipmentId: SECOND })
      .thenRefused({ kind: 'shipment-not-handed-over', shipmentId: SECOND });
    given(...IN_TWO_PARCELS)
      .when({ type: 'HandOverShipment', shipmentId: 'shp-1' })
      .thenRefused({ kind: 'unknown-shipment', shipmentId: 'shp-1' });
  });

  test('takes back only what has left', () => {
    const stream = [...IN_TWO_PARCELS, ...LEAVING];
    const request = { type: 'RequestReturn', returnId: 'return-1' } as const;
    given(...stream)
      .when({ ...request, items: [SHIRTS] })
      .thenRefused({ kind: 'too-many-units', sku: SHIRTS.sku, wanted: 1, left: 0 });
    given(...stream)
      .when({ ...request, items: [MUGS] })
      .then({ type: 'ReturnRequested', data: { returnId: 'return-1', lines: [MUGS] } });
  });

  test('shows of each parcel where it comes from, what is in it and how far it is', () => {
    const [first, second] = orderOf(...IN_TWO_PARCELS, ...LEAVING).shipments;
    expect(first).toMatchObject({
      shipmentId: FIRST,
      location: 'main',
      items: [MUGS],
      handedOverAt: expect.any(String),
    });
    expect(second).toMatchObject({ location: NORTH, items: [SHIRTS], bookingId: 'shp-2', trackingNumber: 'TRK-shp-2' });
    expect(second).not.toHaveProperty('handedOverAt');
  });
});

describe('A parcel that will not arrive', () => {
  const underway = [...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES];

  test.each(['lost', 'returned_to_sender'] as const)('since it is %s is waited for no more', (status) => {
    given(...underway, tracked(FIRST, status))
      .when({ type: 'DeliverOrder' })
      .then(arrives(SECOND), delivered);
    given(...underway, tracked(FIRST, status))
      .when({ type: 'DeliverShipment', shipmentId: SECOND })
      .then(arrives(SECOND), delivered);
  });

  test('and does after all is delivered, and its order is not delivered twice', () => {
    given(...underway, tracked(FIRST, 'lost'), arrives(SECOND), delivered)
      .when({ type: 'DeliverShipment', shipmentId: FIRST })
      .then(arrives(FIRST));
  });

  test('since the order does not have it is refused', () => {
    for (const type of ['DeliverShipment', 'FollowShipment'] as const) {
      given(...underway)
        .when({ type, shipmentId: 'shp-1' })
        .thenRefused({ kind: 'unknown-shipment', shipmentId: 'shp-1' });
    }
  });
});

describe('Before an order is confirmed', () => {
  const booked = IN_TWO_PARCELS.slice(0, 6);

  test('its shipment is arranged when all of its parcels are booked', () => {
    expect(orderOf(...booked.slice(0, 5)).shipment).toEqual({ status: 'pending' });
    expect(orderOf(...booked).shipment).toMatchObject({ status: 'arranged', shipmentId: 'shp-1' });
  });

  test('a cancelled order has no parcel that is still planned', () => {
    const cancelled: OrderEvent[] = [
      { type: 'ShipmentCancelled', data: { shipmentId: FIRST, bookingId: 'shp-1' } },
      { type: 'OrderCancelled', data: { reason: 'carrier_unavailable', parked: [] } },
    ];
    expect(statuses(...booked.slice(0, 5), ...cancelled)).toEqual(['cancelled', 'cancelled']);
  });

  test('a later plan takes the place of an earlier one', () => {
    const [planned] = booked.slice(3);
    if (planned?.type !== 'ShipmentsPlanned') throw new Error('The fourth event is the plan.');
    const fewer = { revision: 7, shipments: planned.data.shipments.slice(1) };
    expect(orderOf(...booked.slice(0, 4), { type: 'ShipmentsPlanned', data: fewer }).shipments).toEqual([
      { ...fewer.shipments[0], status: 'planned' },
    ]);
  });
});
