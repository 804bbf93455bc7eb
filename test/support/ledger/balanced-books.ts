import { expect } from 'vitest';
import { balancesOf, NO_BOOK } from '../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../../functions/ledger/domain/findings.ts';
import type { RecordedOrderEvent } from '../../../functions/published/order-events.ts';

/** In the end, the books of an order break no rule, and have at the channel what the gateway's books have. */
export function expectBalancedBooks(stream: readonly RecordedOrderEvent[], leftAtGateway: number): void {
  const book = { ...NO_BOOK, entries: missingEntries(stream, NO_BOOK) };
  expect(findingsOf(stream, book)).toEqual([]);
  expect(balancesOf(book).of('channel/card', 'CNY')).toBe(leftAtGateway);
}
