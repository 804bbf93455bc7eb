import { beforeEach, describe, expect, test } from 'vitest';
import { ContendedItems } from '../../../bench/contended-items.ts';

let items: ContendedItems;
beforeEach(() => {
  items = new ContendedItems();
});

describe('Items that many want at once', () => {
  test('refuse a transaction that meets another one at any of them, by place, and hold nothing for it', () => {
    expect(items.write(['a', 'b'], 0)).toBeUndefined();
    expect(items.write(['c', 'b'], 1)).toEqual([undefined, 'TransactionConflict']);
    expect(items.write(['c'], 2)).toBeUndefined();
    items.wrote(['a', 'b']);
    expect(items.write(['b'], 3)).toBeUndefined();
  });

  test('take a thousand write units a second each, two for a transaction, and none for one that is refused', () => {
    for (let count = 0; count < 500; count += 1) {
      expect(items.write(['a'], 0)).toBeUndefined();
      expect(items.write(['b', 'a'], 0)).toEqual([undefined, 'TransactionConflict']);
      items.wrote(['a']);
    }
    expect(items.write(['a', 'b'], 1)).toEqual(['ThrottlingError', undefined]);
    expect(items.write(['b'], 1)).toBeUndefined();
    expect(items.write(['a'], 2)).toBeUndefined();
  });

  test('keep no units for later than a second', () => {
    for (const at of [0, 60_000]) {
      for (let count = 0; count < 500; count += 1) {
        expect(items.write(['a'], at)).toBeUndefined();
        items.wrote(['a']);
      }
      expect(items.write(['a'], at)).toEqual(['ThrottlingError']);
    }
  });

  test('refuse a transaction that reads when one that writes was there before it, came meanwhile, or has come and gone', () => {
    items.write(['a'], 0);
    const during = items.read(['a', 'b']);
    items.wrote(['a']);
    expect(items.hasRead(during)).toEqual(['TransactionConflict', undefined]);
    const before = items.read(['a', 'b']);
    items.write(['b'], 1);
    expect(items.hasRead(before)).toEqual([undefined, 'TransactionConflict']);
    items.wrote(['b']);
    const around = items.read(['a', 'b']);
    items.write(['a'], 2);
    items.wrote(['a']);
    expect(items.hasRead(around)).toEqual(['TransactionConflict', undefined]);
    expect(items.hasRead(items.read(['a', 'b']))).toBeUndefined();
  });

  test('are free as soon as their own condition has stopped a transaction', () => {
    const reading = items.read(['a']);
    items.write(['a', 'b'], 0);
    items.leave(['a']);
    expect(items.hasRead(reading)).toBeUndefined();
    expect(items.write(['a'], 1)).toBeUndefined();
    expect(items.write(['b'], 1)).toEqual(['TransactionConflict']);
  });

  test('let transactions that read be there together, and are not kept from one that writes by them', () => {
    const readings = [items.read(['a']), items.read(['a'])];
    expect(readings.map((reading) => items.hasRead(reading))).toEqual([undefined, undefined]);
    items.read(['a']);
    expect(items.write(['a'], 0)).toBeUndefined();
  });
});
