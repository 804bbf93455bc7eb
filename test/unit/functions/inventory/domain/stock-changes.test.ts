import { describe, expect, test } from 'vitest';
import { returnedTo } from '../../../../../functions/inventory/domain/returned-to.ts';
import { adjustedLines, stockChanges } from '../../../../../functions/inventory/domain/stock-changes.ts';
import type { HeldLine } from '../../../../../functions/inventory/domain/stock-line.ts';
import type { Sku } from '../../../../../functions/shared/kernel/ids.ts';
import type { LocationId } from '../../../../../functions/shared/kernel/location.ts';

const line = (sku: string, quantity: number, location?: string, shard?: number) =>
  ({
    sku: sku as Sku,
    quantity,
    ...(shard === undefined ? {} : { shard }),
    ...(location === undefined ? {} : { location: location as LocationId }),
  }) satisfies HeldLine;

describe('An adjusted reservation', () => {
  test('gives back from the last location first, and wants only what it has too little of', () => {
    const from = [line('MUG', 2), line('MUG', 3, 'north'), line('TEE', 1), line('CUP', 1)];
    expect(stockChanges(from, [line('MUG', 1), line('TEE', 4), line('CUP', 1), line('CAP', 2)])).toEqual({
      back: [line('MUG', 3, 'north'), line('MUG', 1)],
      more: [line('TEE', 3), line('CAP', 2)],
    });
    expect(stockChanges(from, [line('MUG', 4)])).toEqual({
      back: [line('MUG', 1, 'north'), line('TEE', 1), line('CUP', 1)],
      more: [],
    });
  });

  test('has its lines in the order of the request, and those of one article at one location as one', () => {
    const from = [line('MUG', 2), line('MUG', 3, 'north', 2), line('TEE', 1)];
    const to = [line('TEE', 2), line('MUG', 7), line('CAP', 1)];
    const more = [line('TEE', 1, 'south'), line('MUG', 2, 'north', 2), line('CAP', 1)];
    expect(adjustedLines(from, { back: [], more }, to)).toEqual([
      line('TEE', 1),
      line('TEE', 1, 'south'),
      line('MUG', 2),
      line('MUG', 5, 'north', 2),
      line('CAP', 1),
    ]);
    expect(adjustedLines(from, { back: [line('MUG', 3, 'north', 2)], more: [] }, [line('MUG', 2)])).toEqual([
      line('MUG', 2),
    ]);
  });
});

describe('Returned units come back', () => {
  const at = (quantity: number, location: string) => ({ ...line('MUG', quantity), location: location as LocationId });
  const left = [at(2, 'north'), at(1, 'main'), { ...at(9, 'east'), sku: 'TEE' as Sku }];

  test('to the locations that they left, the usual one first', () => {
    expect(returnedTo(line('MUG', 2), left, [])).toEqual([at(1, 'main'), at(1, 'north')]);
  });

  test('where earlier returns of the order did not fill them', () => {
    expect(returnedTo(line('MUG', 1), left, [line('MUG', 1), line('TEE', 5)])).toEqual([at(1, 'north')]);
    expect(returnedTo(line('MUG', 1), left, [line('MUG', 2)])).toEqual([at(1, 'north')]);
  });

  test('to the usual location when nobody knows that they have left', () => {
    expect(returnedTo(line('MUG', 2), [at(1, 'north')], [])).toEqual([at(1, 'north'), at(1, 'main')]);
    expect(returnedTo(line('MUG', 1), [], [])).toEqual([at(1, 'main')]);
  });
});
