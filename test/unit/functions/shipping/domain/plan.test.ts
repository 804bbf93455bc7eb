import { describe, expect, test } from 'vitest';
import { parseOrderId, type Sku } from '../../../../../functions/shared/kernel/ids.ts';
import type { LocationId, UnitsAt } from '../../../../../functions/shared/kernel/location.ts';
import { shipmentIdOf } from '../../../../../functions/shared/kernel/shipment-id.ts';
import { MOST_SHIPMENTS, planShipments, type ToPlan } from '../../../../../functions/shipping/domain/plan.ts';
import { ORDER_ID } from '../../../../support/orders/streams.ts';

const at = (location: string, sku: string, quantity: number): UnitsAt => ({
  sku: sku as Sku,
  quantity,
  location: location as LocationId,
});
const id = (number: number) => shipmentIdOf(ORDER_ID, number);
const FIRST: ToPlan = { orderId: ORDER_ID, allocation: [], revision: 1, before: undefined, named: [] };

const plan = (allocation: readonly UnitsAt[], unitsPerParcel = 1_000, before: Partial<ToPlan> = {}) =>
  planShipments({ ...FIRST, allocation, ...before }, { unitsPerParcel, service: 'standard' }, 'carrier').data;
/** The parcels in short: id, location and contents. */
const parcels = (...args: Parameters<typeof plan>) =>
  plan(...args).shipments.map(({ shipmentId, location, items }) => [
    shipmentId,
    location,
    items.map(({ sku, quantity }) => `${quantity}×${sku}`).join(' '),
  ]);

describe('A plan', () => {
  test('has one parcel for goods that lie at one place, under the id of the order', () => {
    expect(plan([at('main', 'MUG', 2), at('main', 'SHIRT', 1)])).toEqual({
      revision: 1,
      shipments: [
        {
          shipmentId: ORDER_ID,
          location: 'main',
          items: [
            { sku: 'MUG', quantity: 2 },
            { sku: 'SHIRT', quantity: 1 },
          ],
          carrier: 'carrier',
          service: 'standard',
        },
      ],
    });
  });

  test('has a parcel for each location, in the order in which they were chosen', () => {
    expect(parcels([at('north', 'MUG', 2), at('main', 'MUG', 1), at('north', 'SHIRT', 4)])).toEqual([
      [id(1), 'north', '2×MUG 4×SHIRT'],
      [id(2), 'main', '1×MUG'],
    ]);
  });

  test('has parcels of no more units than the setting says, each filled before the next', () => {
    expect(parcels([at('main', 'MUG', 5), at('main', 'SHIRT', 2), at('north', 'MUG', 1)], 3)).toEqual([
      [id(1), 'main', '3×MUG'],
      [id(2), 'main', '2×MUG 1×SHIRT'],
      [id(3), 'main', '1×SHIRT'],
      [id(4), 'north', '1×MUG'],
    ]);
  });

  test('has larger parcels rather than more than one step can book', () => {
    const { shipments } = plan([at('main', 'MUG', 999)], 1);
    expect(shipments.length).toBeLessThanOrEqual(MOST_SHIPMENTS);
    expect(shipments.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0)).toBe(999);
  });

  test('has as many parcels as there are locations, however many those are', () => {
    const allocation = Array.from({ length: 30 }, (_, index) => at(`l-${index}`, 'MUG', 1));
    expect(plan(allocation, 1).shipments).toHaveLength(30);
  });
});

describe('A later plan', () => {
  const before = plan([at('main', 'MUG', 1), at('north', 'MUG', 1)]);
  const named = [id(1), id(2)];

  test('keeps the ids of the parcels that stay, so that their bookings are replaced', () => {
    expect(parcels([at('north', 'MUG', 1), at('main', 'CUP', 1)], 9, { before, named, revision: 5 })).toEqual([
      [id(1), 'north', '1×MUG'],
      [id(2), 'main', '1×CUP'],
    ]);
  });

  test('gives up the last ones when there are fewer, and never uses their ids again', () => {
    const fewer = plan([at('main', 'MUG', 1)], 9, { before, named, revision: 5 });
    expect(fewer.shipments.map(({ shipmentId }) => shipmentId)).toEqual([id(1)]);
    expect(parcels([at('main', 'MUG', 1), at('north', 'MUG', 1)], 9, { before: fewer, named, revision: 9 })).toEqual([
      [id(1), 'main', '1×MUG'],
      [id(3), 'north', '1×MUG'],
    ]);
  });
});

test('Ids of shipments say whose they are', () => {
  const other = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
  expect([id(1), id(2), shipmentIdOf(other, 12)]).toEqual([ORDER_ID, `${ORDER_ID}_2`, `${other}_12`]);
});
