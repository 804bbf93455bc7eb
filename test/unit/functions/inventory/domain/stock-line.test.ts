import { expect, test } from 'vitest';
import { heldLine, unitsAt, unitsOf } from '../../../../../functions/inventory/domain/stock-line.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import type { LocationId } from '../../../../../functions/shared/kernel/location.ts';

const MUG = 'MUG' as Sku;
const [MAIN, NORTH] = ['main', 'north'] as [LocationId, LocationId];

test('A stored line says its shard and its location only where they are not the usual ones', () => {
  expect(heldLine({ sku: MUG, quantity: 2, location: MAIN }, 0)).toEqual({ sku: MUG, quantity: 2 });
  expect(heldLine({ sku: MUG, quantity: 2, location: NORTH }, 3)).toEqual({
    sku: MUG,
    quantity: 2,
    shard: 3,
    location: NORTH,
  });
});

test('Stored lines say where they are, also those of before there were locations', () => {
  const stored = [
    { sku: MUG, quantity: 2, shard: 1 },
    { sku: MUG, quantity: 1, location: NORTH },
  ];
  expect(unitsAt(stored)).toEqual([
    { sku: MUG, quantity: 2, location: MAIN },
    { sku: MUG, quantity: 1, location: NORTH },
  ]);
  expect(unitsOf(stored)).toEqual([{ sku: MUG, quantity: 3 }]);
});
