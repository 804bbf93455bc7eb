import { describe, expect, test } from 'vitest';
import { STOCK_MEANINGS, STOCK_UPCASTERS } from '../../../../functions/inventory/domain/stock-events.ts';
import { BOOK_UPCASTERS } from '../../../../functions/ledger/domain/events.ts';
import { ORDER_EVENT_MEANINGS } from '../../../../functions/published/order-event-meanings.ts';
import { ORDER_UPCASTERS } from '../../../../functions/published/order-events.ts';

describe('Every event that is recorded', () => {
  const allUpcasters = { ...ORDER_UPCASTERS, ...STOCK_UPCASTERS, ...BOOK_UPCASTERS };

  test('has the functions that make its newest version of older ones, and nothing else', () => {
    for (const upcasters of Object.values(allUpcasters)) {
      for (const upcaster of upcasters) expect(upcaster).toBeTypeOf('function');
    }
    expect(Object.keys(BOOK_UPCASTERS)).toEqual(['EntriesPosted', 'EntryReversed', 'CorrectionPosted']);
  });

  test.each([
    ['an order', ORDER_UPCASTERS, ORDER_EVENT_MEANINGS],
    ['an article', STOCK_UPCASTERS, STOCK_MEANINGS],
  ])('in the stream of %s is told in a few words', (_, upcasters, meanings) => {
    expect(Object.keys(meanings).sort()).toEqual(Object.keys(upcasters).sort());
    for (const words of Object.values(meanings)) expect(words).toMatch(/ /);
  });
});
