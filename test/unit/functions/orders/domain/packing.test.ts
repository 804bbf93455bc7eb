import { describe, expect, test } from 'vitest';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { listsOf, TO_PACK } from '../../../../../functions/orders/domain/lists.ts';
import { viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import { parcelsToPack, picksFor } from '../../../../../functions/orders/domain/packing.ts';
import type { ExistingOrder } from '../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import type { LocationId } from '../../../../../functions/shared/kernel/location.ts';
import { STREAMS } from '../../../../support/orders/lifecycle.ts';
import { IN_TWO_PARCELS, LEAVING } from '../../../../support/orders/parcels.ts';
import { streamOf } from '../../../../support/orders/streams.ts';

const viewAfter = (...events: readonly OrderEvent[]) => viewOf(fold(streamOf(events)) as ExistingOrder);
const order = viewAfter(...IN_TWO_PARCELS);

describe('The parcels to pack', () => {
  test('of a confirmed order are all that are booked, with the names of what goes in', () => {
    const parcels = parcelsToPack(order);
    expect(parcels.map(({ shipmentId }) => shipmentId)).toEqual(order.shipments.map(({ shipmentId }) => shipmentId));
    expect(parcels.flatMap(({ items }) => items.map(({ sku, quantity }) => ({ sku, quantity })))).toEqual(
      order.shipments.flatMap(({ items }) => items),
    );
    for (const { name, sku } of parcels.flatMap(({ items }) => items)) {
      expect(name).toBe(order.items.find((item) => item.sku === sku)?.name);
    }
  });

  test('of one location are those that leave there', () => {
    for (const { shipmentId, location } of order.shipments) {
      expect(parcelsToPack(order, location).map((parcel) => parcel.shipmentId)).toContain(shipmentId);
    }
    expect(parcelsToPack(order, 'nowhere' as LocationId)).toEqual([]);
  });

  test('are fewer with each that leaves, and none once all have', () => {
    const [first, ...others] = LEAVING;
    expect(parcelsToPack(viewAfter(...IN_TWO_PARCELS, first!))).toHaveLength(1);
    expect(parcelsToPack(viewAfter(...IN_TWO_PARCELS, first!, ...others)).length).toBeLessThan(2);
    expect(parcelsToPack(viewAfter(...STREAMS.shipped))).toEqual([]);
  });

  test.each(['created', 'held', 'cancelled', 'delivered'] as const)('are none while the order is %s', (status) => {
    const view = viewAfter(...STREAMS[status]);
    expect(parcelsToPack(view)).toEqual([]);
    expect(listsOf(view)).not.toContainEqual(TO_PACK);
  });

  test('put the order on their list', () => {
    expect(listsOf(order)).toContainEqual(TO_PACK);
  });
});

describe('The units to pick', () => {
  test('are those of all parcels together, each article once', () => {
    const picks = picksFor(parcelsToPack(order));
    expect(new Set(picks.map(({ sku }) => sku)).size).toBe(picks.length);
    expect(new Map(picks.map(({ sku, quantity }) => [sku, quantity]))).toEqual(
      new Map(order.items.map(({ sku, quantity }) => [sku, quantity])),
    );
  });
});
