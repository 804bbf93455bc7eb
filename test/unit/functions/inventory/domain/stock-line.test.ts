import { expect, test } from 'vitest';
import { inShards, unitsOf } from '../../../../../functions/inventory/domain/stock-line.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';

const line = (sku: string, quantity: number) => ({ sku: sku as Sku, quantity });

test('Lines are in the shards that their articles were held in, if they were in any', () => {
  const held = [{ ...line('MUG', 1), shard: 1 }, { ...line('MUG', 1), shard: 2 }, line('CUP', 1)];
  expect(inShards([line('MUG', 3), line('CUP', 1), line('CAP', 1)], held)).toEqual([
    { sku: 'MUG', quantity: 3, shard: 2 },
    { sku: 'CUP', quantity: 1 },
    { sku: 'CAP', quantity: 1 },
  ]);
});

test('Lines have a form without the places of their units', () => {
  const held = { ...line('MUG', 1), shard: 1 };
  expect(Object.keys(unitsOf([held])[0]!)).toEqual(['sku', 'quantity']);
});
