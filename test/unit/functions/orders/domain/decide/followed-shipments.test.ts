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
  SECOND,
  SECOND_LEAVES,
  tracked,
} from '../../../../../support/orders/parcels.ts';
import { EVENTS, line, streamOf } from '../../../../../support/orders/streams.ts';

const shipped: OrderEvent = { type: 'OrderShipped', data: {} };
const delivered: OrderEvent = { type: 'OrderDelivered', data: {} };
const arrives = (shipmentId: typeof FIRST): OrderEvent => ({ type: 'ShipmentDelivered', data: { shipmentId } });
const statuses = (...events: readonly OrderEvent[]) =>
  (fold(streamOf(events)) as ExistingOrder).shipments.map(({ status }) => status);

describe('What the carrier tells', () => {
  const follow = (shipmentId: typeof FIRST) => ({ type: 'FollowShipment', shipmentId }) as const;

  test('ships the order with the first parcel that it has, and sells what is in it', () => {
    given(...IN_TWO_PARCELS, tracked(SECOND, 'in_transit'))
      .when(follow(SECOND))
      .then(SECOND_LEAVES, shipped);
  });

  test('delivers the order with the last parcel, also one of which nobody said that it has left', () => {
    const underway = [...IN_TWO_PARCELS, ...LEAVING, tracked(FIRST, 'delivered')];
    given(...underway)
      .when(follow(FIRST))
      .then(arrives(FIRST));
    given(...underway, arrives(FIRST), tracked(SECOND, 'delivered'))
      .when(follow(SECOND))
      .then(SECOND_LEAVES, arrives(SECOND), delivered);
  });

  test('delivers an order in one parcel at once when it was told of nothing before', () => {
    given(...STREAMS.processing, tracked(FIRST, 'delivered'))
      .when(follow(FIRST))
      .then(
        { type: 'ShipmentHandedOver', data: { shipmentId: FIRST, items: [{ sku: line().sku, quantity: 1 }] } },
        shipped,
        arrives(FIRST),
        delivered,
      );
  });

  test('is followed once, and what it says of the way makes no event', () => {
    given(...IN_TWO_PARCELS, ...LEAVING, tracked(FIRST, 'out_for_delivery'))
      .when(follow(FIRST))
      .then();
    given(...IN_TWO_PARCELS, ...LEAVING, tracked(FIRST, 'delivered'), arrives(FIRST), tracked(FIRST, 'delivered', 200))
      .when(follow(FIRST))
      .then();
  });

  test('moves parcels of an order that was refunded as well, whose status stays', () => {
    given(...IN_TWO_PARCELS, ...LEAVING, EVENTS.refunded, tracked(SECOND, 'in_transit'))
      .when(follow(SECOND))
      .then(SECOND_LEAVES);
  });

  test('of an order that is not to be sent is refused', () => {
    given(...STREAMS.cancelled)
      .when(follow(FIRST))

      .thenRefused({
        kind: 'illegal-transition',
        command: 'FollowShipment',
        from: 'cancelled',
        to: 'unchanged',
        allowedIn: ['processing', 'shipped', 'delivered', 'refunded'],
      });
  });

  test('of a parcel that is lost or comes back leaves the order open, and the others go on', () => {
    const lost = [...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES, tracked(SECOND, 'lost')];
    given(...lost)
      .when(follow(SECOND))
      .then();
    expect(statuses(...lost)).toEqual(['handed_over', 'lost']);
    given(...lost, tracked(FIRST, 'delivered'))
      .when(follow(FIRST))
      .then(arrives(FIRST), delivered);
  });
});
