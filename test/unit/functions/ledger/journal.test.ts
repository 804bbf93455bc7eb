/** How books are named, where their entries are kept, and what is summed over them. */
import { describe, expect, test } from 'vitest';
import {
  type BookId,
  bookOf,
  bookOfOrder,
  bookOfStock,
  ownerOf,
  parseBookId,
} from '../../../../functions/ledger/domain/book-id.ts';
import { DAY_PARTS, dayPartOf } from '../../../../functions/ledger/domain/day-part.ts';
import type { Posting } from '../../../../functions/ledger/domain/entry.ts';
import { turnoverOf } from '../../../../functions/ledger/domain/turnover.ts';
import { MUG } from '../../../support/ledger/audited-stock.ts';
import { ORDER_ID } from '../../../support/orders/streams.ts';

describe('A book', () => {
  test.each([
    ['an order', { orderId: ORDER_ID }, bookOfOrder(ORDER_ID), ORDER_ID],
    ['an article', { sku: MUG }, bookOfStock(MUG), 'stock:MUG-BLUE'],
  ] as const)('of %s is named after it', (_, owner, bookId, name) => {
    expect([bookOf(owner), bookId, ownerOf(bookId), parseBookId(name)]).toEqual([name, name, owner, name]);
  });

  test.each([
    `stock:${'A'.repeat(65)}`,
    'old stock:MUG',
    'stock:MUG BLUE',
    'stock:',
    `${ORDER_ID}0`,
    `0${ORDER_ID}`,
    'x'.repeat(36),
    'a',
  ])('is not named %j', (text) => {
    expect(() => parseBookId(text)).toThrow(`A book is of an order, of stock or of a transfer, got "${text}".`);
  });
});

describe('A day of the journal', () => {
  // They are keys of stored items: none may ever change.
  test.each([
    [ORDER_ID, '2026-01-02T23:59:59.999Z', '2026-01-02#0'],
    ['stock:MUG-RED', '2026-01-03T00:00:00.000Z', '2026-01-03#3'],
  ])('has the entries of the book %s at %s in the part %s', (bookId, occurredAt, part) => {
    expect(dayPartOf(bookId as BookId, occurredAt)).toBe(part);
  });

  test('is divided evenly among its parts', () => {
    const parts = Array.from({ length: 100 }, (_, index) =>
      dayPartOf(`stock:ARTICLE-${index}` as BookId, '2026-01-02'),
    );
    for (let part = 0; part < DAY_PARTS; part += 1) {
      expect(parts.filter((each) => each === `2026-01-02#${part}`).length).toBeGreaterThan(100 / DAY_PARTS / 2);
    }
  });
});

test('The turnover of an account is what came in and what went out, by account and unit, in the order of their names', async () => {
  const postings: readonly Posting[] = [
    { account: 'revenue', unit: 'CNY', amount: -700 },
    { account: 'clearing', unit: 'EUR', amount: 5 },
    { account: 'clearing', unit: 'CNY', amount: 300 },
    { account: 'clearing', unit: 'CNY', amount: -200 },
    { account: 'clearing', unit: 'CNY', amount: 40 },
  ];
  const all = (async function* () {
    yield* postings;
  })();
  expect(await turnoverOf(all)).toEqual([
    { account: 'clearing', unit: 'CNY', debits: 340, credits: 200 },
    { account: 'clearing', unit: 'EUR', debits: 5, credits: 0 },
    { account: 'revenue', unit: 'CNY', debits: 0, credits: 700 },
  ]);
});
