/** What is said of books that are wrong: of which rule, since when, and whether it can still come right. */
import { describe, expect, test } from 'vitest';
import { articleFindings, type Counts, NO_UNITS } from '../../../../functions/ledger/domain/article-findings.ts';
import { type Book, foldBook, NO_BOOK, wrongSumsOf } from '../../../../functions/ledger/domain/book.ts';
import type { BookId } from '../../../../functions/ledger/domain/book-id.ts';
import { missingEntries } from '../../../../functions/ledger/domain/entries.ts';
import { type Entry, move, unbalanced } from '../../../../functions/ledger/domain/entry.ts';
import { UnbalancedEntry } from '../../../../functions/ledger/domain/errors.ts';
import type { BookEvent } from '../../../../functions/ledger/domain/events.ts';
import { findingsOf } from '../../../../functions/ledger/domain/findings.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { DEFAULT_LOCATION } from '../../../../functions/shared/kernel/location.ts';
import { MUG, received, recorded } from '../../../support/ledger/audited-stock.ts';
import { cancelled, captured, opened, resolved } from '../../../support/ledger/order-events.ts';
import { created, EVENTS, newEvent, ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const bookOf = (events: readonly OrderEvent[]): Book => ({
  ...NO_BOOK,
  entries: missingEntries(streamOf(events), NO_BOOK),
});
const find = (events: readonly OrderEvent[], book = bookOf(events)) => findingsOf(streamOf(events), book);
const oneSided: Entry = { of: 1, type: 'OrderCreated', postings: [{ account: 'clearing', unit: 'CNY', amount: 5 }] };
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

describe('A finding', () => {
  test('is none for an order without events', () => {
    expect(findingsOf([], NO_BOOK)).toEqual([]);
  });

  test('says what was found and expected, and since which movement', () => {
    expect(find([created(), EVENTS.reserved, EVENTS.authorised, cancelled])).toEqual([
      {
        orderId: ORDER_ID,
        rule: 'NoOpenAuthorisation',
        detail: 'authorised/ has 4500 CNY, expected 0.',
        since: at(2),
        underWay: false,
      },
      {
        orderId: ORDER_ID,
        rule: 'NoHeldGoods',
        detail: 'reserved has 1 MUG-BLUE, expected 0.',
        since: at(2),
        underWay: false,
      },
    ]);
  });

  test('is since the order was placed when its book is empty', () => {
    expect(find([created(), EVENTS.captured, cancelled], NO_BOOK)).toMatchObject([
      { rule: 'BooksShowTheCharge', detail: 'The books have 0 at the channel, the events 4500.', since: at(0) },
      { rule: 'ChargeIsForGoods', since: at(0) },
    ]);
  });

  test('cannot come right by itself when entries are wrong, and else can while something is under way', () => {
    const book = { ...NO_BOOK, entries: [oneSided] };
    expect(
      find([created(), EVENTS.captured, opened('refund')], book).map(({ rule, underWay }) => [rule, underWay]),
    ).toEqual([
      ['EntriesSumToZero', false],
      ['BooksShowTheCharge', false],
      ['ChargeIsForGoods', true],
      ['ClearingIsZero', true],
    ]);
  });

  test('is none for money that two people gave up', () => {
    expect(find([created(), captured(4_500), cancelled, resolved('written_off', { step: 'VoidPayment' })])).toEqual([]);
  });
});

describe('A book', () => {
  test('has what was taken back in its sums, and says which of them are wrong', () => {
    const [balanced, wrong] = [
      move('clearing', 'channel/card', 'CNY', 10),
      move('clearing', 'revenue', 'CNY', 3).slice(1),
    ];
    const events: readonly BookEvent[] = [
      { type: 'EntriesPosted', data: { upTo: 4, entries: [{ of: 4, type: 'PaymentCaptured', postings: balanced }] } },
      { type: 'EntryReversed', data: { of: 4, postings: wrong, reason: 'wrong' } },
    ];
    const book = foldBook(
      events.map((event, index) => ({
        ...newEvent({ type: 'OrderShipped', data: {} }),
        ...event,
        bookId: 'b' as BookId,
        version: index + 1,
      })),
    );
    expect(book).toMatchObject({ version: 2, upTo: 4, reversals: [{ of: 4, postings: wrong }] });
    expect(wrongSumsOf(book)).toEqual(['The postings of event 4 sum to 3 CNY, expected 0.']);
    expect(wrongSumsOf({ ...NO_BOOK, entries: [oneSided] })).toEqual([
      'The postings of event 1 sum to 5 CNY, expected 0.',
    ]);
  });

  test('takes sums apart by their units, and nothing moves nothing', () => {
    const postings = [...move('clearing', 'revenue', 'CNY', 7), ...move('clearing', 'revenue', 'EUR', 2).slice(1)];
    expect(unbalanced([...postings, { account: 'revenue', unit: 'EUR', amount: 3 }])).toEqual([
      { unit: 'EUR', sum: 5 },
    ]);
    expect(move('clearing', 'revenue', 'CNY', 0)).toEqual([]);
  });

  test('refuses an entry that moves what comes from nowhere, and says which', () => {
    const [event] = streamOf([created()]);
    const error = new UnbalancedEntry(event!, [
      { unit: 'CNY', sum: 5 },
      { unit: 'TEE', sum: -1 },
    ]);
    expect(error).toMatchObject({
      name: 'UnbalancedEntry',
      message: `The postings of OrderCreated, event 1 of order ${ORDER_ID}, sum to 5 CNY, -1 TEE; expected zero.`,
      data: { orderId: ORDER_ID, version: 1, type: 'OrderCreated' },
      retryable: false,
    });
  });
});

describe('The books of an article', () => {
  const stream = [{ ...recorded(received(10), 0), sku: MUG, version: 1 }];
  const entry = (of: number, quantity: number): Entry => ({
    of,
    type: 'StockReceived',
    postings: move('received', 'available', MUG, quantity),
  });
  const units = { ...NO_UNITS, available: 10, received: 10 };
  const counts: Counts = { locations: new Map([[DEFAULT_LOCATION, units]]), version: 1 };

  test('may be ahead of its counts', () => {
    expect(articleFindings(stream, { ...NO_BOOK, entries: [entry(1, 10), entry(2, 5)] }, counts)).toEqual([]);
  });

  test('have to sum to zero', () => {
    const book = { ...NO_BOOK, entries: [entry(1, 10), { ...oneSided, of: 2 }] };
    expect(articleFindings(stream, book, counts)).toMatchObject([
      { sku: MUG, rule: 'EntriesSumToZero', detail: 'The postings of event 2 sum to 5 CNY, expected 0.', since: at(0) },
    ]);
  });
});
