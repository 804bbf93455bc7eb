import { describe, expect, test } from 'vitest';
import type { Audit } from '../../../../functions/ledger/application/audit.ts';
import { postArticle } from '../../../../functions/ledger/application/post-article.ts';
import { balancesOf, NO_BOOK } from '../../../../functions/ledger/domain/book.ts';
import { bookOfStock, parseBookId } from '../../../../functions/ledger/domain/book-id.ts';
import type { StockEvent } from '../../../../functions/published/stock-events.ts';
import { DEFAULT_LOCATION, type LocationId } from '../../../../functions/shared/kernel/location.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import {
  AuditedStock,
  corrected,
  damaged,
  type HasUnits,
  MUG,
  ORDER_ID,
  opened,
  received,
  recorded,
  returned,
  TEE,
} from '../../../support/ledger/audited-stock.ts';
import { HAPPY_PATH, START, streamOf } from '../../../support/orders/streams.ts';

const NORTH = 'north' as LocationId;
const receivedAt = (location: LocationId, quantity: number): StockEvent => ({
  type: 'StockReceived',
  data: { quantity, location },
});
const transferred = (quantity: number, from: LocationId, to: LocationId): StockEvent => ({
  type: 'StockTransferred',
  data: { quantity, from, to },
});

const stateOf = ({ balances }: Audit) =>
  balances.map(({ account, amount, unit }) => `${account} ${amount} ${unit}`).sort();

describe('The books of an article', () => {
  test.each<[string, readonly StockEvent[], readonly string[]]>([
    ['what arrived can be sold', [received(40)], ['available 40 MUG-BLUE', 'received -40 MUG-BLUE']],
    [
      'a count corrects what arrived',
      [received(40), corrected(-2)],
      ['available 38 MUG-BLUE', 'received -38 MUG-BLUE'],
    ],
    [
      'damaged units cannot be sold',
      [received(40), damaged(3)],
      ['available 37 MUG-BLUE', 'damaged 3 MUG-BLUE', 'received -40 MUG-BLUE'],
    ],
    [
      'units of a return leave `returned`, where the book of the order has put them',
      [received(40), returned(2, 'sellable'), returned(1, 'damaged')],
      ['available 42 MUG-BLUE', 'damaged 1 MUG-BLUE', 'received -40 MUG-BLUE', 'returned -3 MUG-BLUE'],
    ],
    [
      'what orders had taken before the history began went from `available`, as their books say',
      [opened, received(5)],
      ['available 17 MUG-BLUE', 'received -17 MUG-BLUE'],
    ],
  ])('%s', async (_, events, expected) => {
    const world = new AuditedStock();
    await world.record(MUG, ...events);
    expect(stateOf(await world.audit())).toEqual([...expected].sort());
  });

  test('have one entry of each event, in however many steps they are posted, and long histories in several items', async () => {
    const world = new AuditedStock();
    await world.record(MUG, ...Array.from({ length: 1_100 }, () => received(1)));
    const stream = await world.stockLog.read(MUG);
    const deps = { books: world.books, now: () => START };
    await postArticle(deps, stream.slice(0, 700));
    const book = await postArticle(deps, stream);
    expect(book.entries.map(({ of }) => of)).toEqual(stream.map(({ version }) => version));
    expect((await world.books.read(bookOfStock(MUG))).map(({ data }) => 'upTo' in data && data.upTo)).toEqual([
      500, 700, 1_100,
    ]);
    expect(await postArticle(deps, stream)).toEqual(book);
    expect(await postArticle(deps, [])).toEqual(NO_BOOK);
  });

  test('with those of its orders have each unit in one place', async () => {
    const world = new AuditedStock();
    await world.record(MUG, received(10));
    world.has(MUG, { available: 9, reserved: 1, received: 10, version: 1 });
    const { balances, articles, checked } = await world.audit({
      orders: await InMemoryOrderLog.of(streamOf(HAPPY_PATH)),
    });
    expect([checked, articles]).toEqual([1, 1]);
    const ofMug = balances.filter(({ unit }) => unit === MUG).map(({ account, amount }) => [account, amount]);
    expect(Object.fromEntries(ofMug)).toEqual({ received: -10, available: 9, reserved: 1 });
  });
});

describe('The check of an article', () => {
  test('finds nothing while orders hold and buy units', async () => {
    const world = new AuditedStock();
    await world.record(MUG, opened, received(5), damaged(1));
    for (const moved of [
      { available: 11, reserved: 3, sold: 2 },
      { available: 8, reserved: 6, sold: 2 },
      { available: 8, sold: 8 },
    ]) {
      world.has(MUG, { ...moved, damaged: 1, received: 17, version: 3 });
      expect((await world.audit()).findings).toEqual([]);
    }
    expect(world.alarms).toEqual([]);
  });

  test('finds nothing where units are at several locations and go from one to another', async () => {
    const world = new AuditedStock();
    await world.record(MUG, received(10), receivedAt(NORTH, 2), transferred(4, DEFAULT_LOCATION, NORTH));
    const elsewhere = { north: { available: 4, reserved: 2, received: 6 } };
    world.has(MUG, { available: 6, received: 6, version: 3, elsewhere });
    expect((await world.audit()).findings).toEqual([]);
    const balances = balancesOf(
      await postArticle({ books: world.books, now: () => START }, await world.stockLog.read(MUG)),
    );
    expect([balances.of('received', MUG), balances.of('received', `${MUG}@north`)]).toEqual([-6, -6]);
  });

  test.each<[string, HasUnits, string]>([
    [
      'units that are in no count of a location',
      { available: 10, received: 10, elsewhere: { north: { available: 1, received: 2 } } },
      'There are 1 available, 0 reserved, 0 sold and 0 damaged at north, together 1; expected the 2 that were received.',
    ],
    [
      'units that went to another location without an event',
      { available: 9, received: 9, elsewhere: { north: { available: 3, received: 3 } } },
      'The counts have 3 received and 0 damaged at north, expected 2 and 0 as in the books.',
    ],
    [
      'a location whose counts have gone',
      { available: 10, received: 10 },
      'The counts have 0 received and 0 damaged at north, expected 2 and 0 as in the books.',
    ],
  ])('finds %s', async (_, units, detail) => {
    const world = new AuditedStock();
    await world.record(MUG, received(10), receivedAt(NORTH, 2));
    world.has(MUG, { version: 2, ...units });
    expect((await world.audit()).findings.map((finding) => finding.detail)).toContain(detail);
  });

  test('reads what was recorded between its two reads', async () => {
    const world = new AuditedStock();
    await world.record(MUG, received(5));
    const early = await world.stockLog.read(MUG);
    await world.record(MUG, damaged(2), received(1));
    world.has(MUG, { available: 3, damaged: 2, received: 5, version: 2 });
    world.stockLog.readAll = async function* () {
      yield { id: MUG, events: early };
    };
    expect((await world.audit()).findings).toEqual([]);
    expect(balancesOf(await postArticle({ books: world.books, now: () => START }, early)).of('damaged', MUG)).toBe(2);
  });

  test.each<[string, HasUnits, readonly (readonly [string, string])[]]>([
    [
      'units that are in no count',
      { available: 6, reserved: 1, sold: 1, damaged: 1, received: 10 },
      [
        [
          'CountsSumToReceived',
          'There are 6 available, 1 reserved, 1 sold and 1 damaged, together 9; expected the 10 that were received.',
        ],
      ],
    ],
    [
      'units that no event tells of',
      { available: 10, damaged: 1, received: 11 },
      [['BooksShowTheStock', 'The counts have 11 received and 1 damaged, expected 10 and 1 as in the books.']],
    ],
    [
      'damage that no event tells of',
      { available: 8, damaged: 2, received: 10 },
      [['BooksShowTheStock', 'The counts have 10 received and 2 damaged, expected 10 and 1 as in the books.']],
    ],
    [
      'counts that an event has not changed',
      { available: 10, received: 10, version: 1 },
      [['BooksShowTheStock', 'The counts are those after event 1 of the history, expected 2.']],
    ],
  ])('finds %s', async (_, counts, expected) => {
    const world = new AuditedStock();
    await world.record(MUG, received(10), damaged(1));
    world.has(MUG, { version: 2, ...counts });
    const { findings } = await world.audit();
    expect(findings).toMatchObject(expected.map(([rule, detail]) => ({ sku: MUG, rule, detail, underWay: false })));
    expect(findings).toHaveLength(expected.length);
    expect(world.list.get(bookOfStock(MUG))).toEqual(findings);
  });

  test('raises the alarm at each check until the counts are right', async () => {
    const world = new AuditedStock();
    await world.record(MUG, received(10));
    world.has(MUG, { available: 9, received: 10, version: 1 });
    await world.audit();
    await world.audit();
    expect(world.alarms).toEqual(Array(2).fill('CountsSumToReceived stock:MUG-BLUE'));
    world.has(MUG, { available: 9, received: 9, version: 2 });
    await world.record(MUG, corrected(-1));
    expect((await world.audit()).findings).toEqual([]);
    expect(world.list.get(bookOfStock(MUG))).toEqual([]);
    expect(world.alarms).toHaveLength(2);
  });

  test('finds counts that have gone', async () => {
    const world = new AuditedStock();
    await world.record(MUG, received(10));
    expect((await world.audit()).findings).toMatchObject([{ sku: MUG, rule: 'BooksShowTheStock' }]);
  });

  test('comes after the orders, goes on where the last part stopped, and no article keeps another from it', async () => {
    const world = new AuditedStock();
    await world.record(MUG, received(1));
    await world.record(TEE, received(1));
    world.has(TEE, { available: 1, received: 1, version: 1 });
    const orders = await InMemoryOrderLog.of(streamOf(HAPPY_PATH, ORDER_ID));
    const first = await world.audit({ orders, books: 1 });
    expect(first).toMatchObject({ checked: 1, articles: 0, next: ORDER_ID });
    world.stockLog.read = async () => Promise.reject(new Error('throttled'));
    world.has(MUG, { available: 1, received: 1, version: 2 });
    world.stockLog.readAll = async function* ({ after } = {}) {
      for (const sku of [MUG, TEE]) {
        const events = [{ ...recorded(received(1), 0), sku, version: 1 }];
        if (after === undefined || sku > after) yield { id: sku, events };
      }
    };
    const second = await world.audit({ orders, after: first.next!, books: 1 });
    expect(second).toMatchObject({ checked: 0, articles: 1, failed: ['stock:MUG-BLUE'], next: 'stock:MUG-BLUE' });
    const third = await world.audit({ orders, after: second.next! });
    expect(third).toMatchObject({ checked: 0, articles: 1, failed: [], findings: [] });
    expect(third.next).toBeUndefined();
    expect(world.failures).toEqual(['stock:MUG-BLUE']);
  });
});

test('A text that names no book is none', () => {
  for (const text of ['stock:', 'stock:A B', 'order-1', '']) expect(() => parseBookId(text)).toThrow(RangeError);
});
