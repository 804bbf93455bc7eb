import { describe, expect, test } from 'vitest';
import { closeDays } from '../../../../functions/ledger/application/close-days.ts';
import { FIRST_DAY, isOver } from '../../../../functions/ledger/application/days.ts';
import type { EntryPlace } from '../../../../functions/ledger/application/ports.ts';
import { balancesAt, entriesOf } from '../../../../functions/ledger/application/read-accounts.ts';
import type { BookId } from '../../../../functions/ledger/domain/book-id.ts';
import { move, type Posting } from '../../../../functions/ledger/domain/entry.ts';
import { MemoryJournal } from '../../../support/fakes/memory-journal.ts';

const ORDER = '0190f3a0-0000-7000-8000-000000000001' as BookId;
const day = (number: number): string =>
  new Date(Date.parse(FIRST_DAY) + number * 86_400_000).toISOString().slice(0, 10);
const cny = (amount: number) => move('clearing', 'channel/card', 'CNY', amount);

/** A journal at noon of the day `today` after the first one, to which each day has posted 10 and its number. */
function journalOf(today: number, entries: (number: number) => readonly (readonly Posting[])[] = (n) => [cny(10 + n)]) {
  const world = new MemoryJournal(() => Date.parse(`${day(today)}T12:00:00.000Z`));
  for (let number = 0; number <= today; number += 1) {
    const occurredAt = `${day(number)}T08:00:00.000Z`;
    const version = number + 1;
    world.items.push({
      bookId: ORDER,
      version,
      occurredAt,
      type: 'EntriesPosted',
      data: {
        upTo: version,
        entries: entries(number).map((postings, index) => ({
          of: 10 * version + index,
          type: 'PaymentCaptured',
          postings,
        })),
      },
      part: 0,
      place: { bookId: ORDER, version, occurredAt },
    });
  }
  return world;
}
const atCard = async (world: MemoryJournal, at: string) =>
  (await balancesAt(world, at, { account: 'channel/card' })).map(({ amount }) => amount)[0] ?? 0;

describe('The close of days', () => {
  test('keeps the balances at the end of each day that is over, once', async () => {
    const world = journalOf(3);
    expect(await closeDays(world, Number.POSITIVE_INFINITY)).toEqual([day(0), day(1), day(2)]);
    expect([...world.closed].map(([, balances]) => balances.map(({ account, amount }) => [account, amount]))).toEqual(
      [10, 21, 33].map((amount) => [
        ['clearing', -amount],
        ['channel/card', amount],
      ]),
    );
    expect(await closeDays(world, Number.POSITIVE_INFINITY)).toEqual([]);
  });

  test('closes one day at least when time is short, and goes on from it', async () => {
    const world = journalOf(3);
    expect(await closeDays(world, 0)).toEqual([day(0)]);
    expect(await closeDays(world, 0)).toEqual([day(1)]);
  });

  test('leaves a day open while an entry of it may still come', () => {
    const end = Date.parse(day(1));
    expect([isOver(day(0), end + 299_000), isOver(day(0), end + 301_000)]).toEqual([false, true]);
  });
});

describe('The balance of an account', () => {
  test('at each moment is what was posted up to then, however many days are closed', async () => {
    const moments = Array.from({ length: 5 }, (_, number) => [
      `${day(number)}T07:59:59.999Z`,
      `${day(number)}T08:00:00.000Z`,
    ]);
    const sums = [0, 10, 10, 21, 21, 33, 33, 46, 46, 60];
    const world = journalOf(4);
    for (let closed = 0; closed <= 4; closed += 1) {
      const found = await Promise.all(moments.flat().map((at) => atCard(world, at)));
      expect(found).toEqual(sums);
      await closeDays(world, 0);
    }
    expect(world.closed.size).toBe(4);
  });

  test('before the first day is nothing', async () => {
    expect(await atCard(journalOf(0), '2020-01-01T00:00:00.000Z')).toBe(0);
  });

  test('is listed with the others by name and unit; those at zero are left out', async () => {
    const world = journalOf(1, (number) =>
      number === 0
        ? [cny(5), move('received', 'available', 'TEE', 2), move('received', 'available', 'MUG', 1)]
        : [cny(-5)],
    );
    await closeDays(world, Number.POSITIVE_INFINITY);
    const listed = await balancesAt(world, `${day(1)}T12:00:00.000Z`);
    expect(listed.map(({ account, unit, amount }) => [account, unit, amount])).toEqual([
      ['available', 'MUG', 1],
      ['available', 'TEE', 2],
      ['received', 'MUG', -1],
      ['received', 'TEE', -2],
    ]);
    expect(await balancesAt(world, `${day(1)}T12:00:00.000Z`, { unit: 'TEE', account: 'available' })).toHaveLength(1);
  });
});

describe('What was posted to an account', () => {
  const all = { account: 'channel/card', from: day(0), to: day(9), unit: undefined } as const;

  test.each([1, 2, 3, 7, 100])('comes once each in the order of the postings, in pages of %i', async (limit) => {
    const world = journalOf(9, (number) =>
      Array.from({ length: 1 + (number % 4) }, (_, index) => cny(number + index + 1)),
    );
    const seen: number[] = [];
    let after: EntryPlace | undefined;
    do {
      const page = await entriesOf(world, { ...all, limit, after });
      expect(page.rows.length).toBeLessThanOrEqual(limit);
      seen.push(...page.rows.map(({ amount }) => amount));
      after = page.next;
    } while (after !== undefined);
    const expected = Array.from({ length: 10 }, (_, n) =>
      Array.from({ length: 1 + (n % 4) }, (__, index) => n + index + 1),
    );
    expect(seen).toEqual(expected.flat());
  });

  test('says which book it is in, what it follows from, and why a person has posted it', async () => {
    const world = journalOf(0);
    const [posted] = world.items;
    const byHand = [
      { type: 'EntryReversed', data: { of: 10, reason: 'Wrong.', postings: cny(-10) } },
      { type: 'CorrectionPosted', data: { reason: 'A fee.', postings: move('suspense', 'channel/card', 'CNY', -3) } },
    ] as const;
    world.items.push(
      ...byHand.map((event, index) => {
        const bookId = (index === 0 ? ORDER : 'transfer:E1') as BookId;
        return { ...posted!, ...event, bookId, version: 2 + index };
      }),
    );
    const { rows } = await entriesOf(world, { ...all, limit: 10 });
    const postedAt = `${day(0)}T08:00:00.000Z`;
    expect(rows).toEqual([
      { orderId: ORDER, of: 10, type: 'PaymentCaptured', postedAt, unit: 'CNY', amount: 10 },
      { orderId: ORDER, of: 10, type: 'EntryReversed', postedAt, unit: 'CNY', amount: -10, reason: 'Wrong.' },
      { transferId: 'E1', type: 'CorrectionPosted', postedAt, unit: 'CNY', amount: -3, reason: 'A fee.' },
    ]);
  });

  test('is looked for in a part of the books at a time, so that a page may be empty and not the last', async () => {
    const world = journalOf(0);
    const [first] = world.items;
    world.items.length = 0;
    for (let version = 1; version <= 2_001; version += 1) {
      world.items.push({ ...first!, version, place: { ...first!.place, version } });
    }
    const { rows, next } = await entriesOf(world, { ...all, account: 'revenue', limit: 10 });
    expect([rows, next !== undefined]).toEqual([[], true]);
    expect(await entriesOf(world, { ...all, account: 'revenue', limit: 10, after: next })).toEqual({ rows: [] });
  });
});
