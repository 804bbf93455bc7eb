import { describe, expect, test } from 'vitest';
import type { ParcelToPack } from '../../../console/src/api/types.ts';
import { locationsOf, picksOf, scannedParcel } from '../../../console/src/packing/picks.ts';

const parcel = (shipmentId: string, more: Partial<ParcelToPack> = {}): ParcelToPack => ({
  orderId: '0190f3a0-0000-7000-8000-000000000001',
  shipmentId,
  carrier: 'Sim Express',
  items: [{ sku: 'MUG', name: 'Mug', quantity: 1 }],
  shippingAddress: { name: 'Li Wei', street: '88 Nanjing Road', country: 'CN' },
  orderedAt: '2026-01-31T12:00:00.000Z',
  links: { order: '/api/v1/orders/0190f3a0-0000-7000-8000-000000000001' },
  ...more,
});
const shirts = { sku: 'TSHIRT', name: 'T-shirt', quantity: 3 };
const parcels = [
  parcel('a', { trackingNumber: 'SE1CN', location: 'north' }),
  parcel('b', { trackingNumber: 'SE2CN', location: 'main', items: [shirts, { sku: 'MUG', name: 'Mug', quantity: 1 }] }),
  parcel('c'),
];

describe('The parcels on the page', () => {
  test('need the units of all of them, those of the article of which most are needed first', () => {
    const picks = picksOf(parcels);
    expect(picks.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['MUG', 3],
      ['TSHIRT', 3],
    ]);
  });

  test.each([
    ['SE2CN', 'b'],
    [' se1cn ', 'a'],
    ['c', 'c'],
    ['SE9CN', undefined],
    ['', undefined],
  ])('are found by what is scanned: "%s"', (scanned, found) => {
    expect(scannedParcel(parcels, scanned)?.shipmentId).toBe(found);
  });

  test('leave from the places that they name', () => {
    expect(locationsOf(parcels)).toEqual(['main', 'north']);
  });
});
