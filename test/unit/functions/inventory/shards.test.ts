import { describe, expect, test } from 'vitest';
import {
  isSplitter,
  MOST_SHARDS,
  shardFor,
  splitOf,
  transfersFor,
  unitsIn,
} from '../../../../functions/inventory/domain/shards.ts';
import { newOrderId } from '../../../support/orders/stocked-orders.ts';
import fc from '../../../support/run/properties.ts';

const at = (units: number) => new Map([['main', units]]);

describe('The shards of an article', () => {
  test('become four times as many, up to sixteen, and each new one gets an equal share', () => {
    expect(splitOf(1, at(100))).toEqual({ after: 4, shares: [['main', 25]] });
    expect(splitOf(4, at(100))).toEqual({ after: 16, shares: [['main', 6]] });
    expect(splitOf(16, at(1_000))).toBeUndefined();
    expect(splitOf(1, at(1_000), 1)).toBeUndefined();
  });

  test('stay as many when each would have fewer than four units', () => {
    expect(splitOf(1, at(16))).toEqual({ after: 4, shares: [['main', 4]] });
    expect(splitOf(1, at(15))).toBeUndefined();
    expect(splitOf(1, at(-3))).toBeUndefined();
    expect(splitOf(1, new Map())).toBeUndefined();
  });

  test('get a share of the units of each location that has enough of them', () => {
    const available = new Map([
      ['main', 40],
      ['north', 3],
      ['south', 17],
    ]);
    expect(splitOf(1, available)).toEqual({
      after: 4,
      shares: [
        ['main', 10],
        ['south', 4],
      ],
    });
  });

  test('are chosen evenly by orders, and one order goes to another one at its next attempt', () => {
    const counts = Array.from({ length: MOST_SHARDS }, () => 0);
    for (let orders = 0; orders < 3_200; orders += 1) counts[shardFor(newOrderId(), MOST_SHARDS, 0)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(100);
    expect(Math.max(...counts)).toBeLessThan(320);
    const orderId = newOrderId();
    expect(new Set([0, 1, 2, 3].map((attempt) => shardFor(orderId, 4, attempt))).size).toBe(4);
    expect(shardFor(orderId, 1, 3)).toBe(0);
  });

  test('are split by some of the orders that meet', () => {
    const splitters = Array.from({ length: 400 }, newOrderId).filter(isSplitter);
    expect(splitters.length).toBeGreaterThan(40);
    expect(splitters.length).toBeLessThan(200);
  });
});

describe('What is brought into a shard', () => {
  test('comes from the richest one, with a share of what it keeps', () => {
    expect(transfersFor([0, 2, 41, 80], 0, 5)).toEqual([{ from: 3, units: 5 + 18 }]);
    expect(transfersFor([80, 2, 41, 1], 3, 5)).toEqual([{ from: 0, units: 4 + 19 }]);
  });

  test('comes from several when none has enough', () => {
    expect(transfersFor([1, 2, 0, 3], 0, 6)).toEqual([
      { from: 1, units: 2 },
      { from: 3, units: 3 },
    ]);
  });

  test('is nothing when there is enough, and undefined when all together have too few', () => {
    expect(transfersFor([3, 9], 0, 3)).toEqual([]);
    expect(transfersFor([1, 1], 0, 3)).toBeUndefined();
    expect(transfersFor([], 0, 1)).toBeUndefined();
    // The first one keeps units from being sold.
    expect(transfersFor([-2, 3], 1, 2)).toBeUndefined();
  });

  test('is always enough, never more than others have, and never from the shard itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: MOST_SHARDS }),
        fc.nat({ max: MOST_SHARDS - 1 }),
        fc.integer({ min: 1, max: 40 }),
        (units, place, wanted) => {
          const to = place % units.length;
          const transfers = transfersFor(units, to, wanted);
          const total = units.reduce((sum, each) => sum + each, 0);
          expect(transfers === undefined).toBe(total < wanted);
          if (!transfers) return;
          expect(units[to]! + unitsIn(transfers)).toBeGreaterThanOrEqual(wanted);
          for (const { from, units: given } of transfers) {
            expect(from).not.toBe(to);
            expect(given).toBeGreaterThan(0);
            expect(given).toBeLessThanOrEqual(units[from]!);
          }
          expect(new Set(transfers.map(({ from }) => from)).size).toBe(transfers.length);
        },
      ),
    );
  });
});
