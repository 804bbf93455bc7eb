/** Money that a person has moved outside of the platform: listed with its age until a statement shows it. */
import { describe, expect, test } from 'vitest';
import { type Book, balancesOf, NO_BOOK } from '../../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../../functions/ledger/domain/entries.ts';
import { move, type Posting } from '../../../../functions/ledger/domain/entry.ts';
import { findingsOf } from '../../../../functions/ledger/domain/findings.ts';
import { withAge } from '../../../../functions/ledger/domain/suspense.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { asked, CONFIRMED, cancelled, captured, failed, resolved } from '../../../support/ledger/order-events.ts';
import { created, ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
const GIVEN_BACK: readonly OrderEvent[] = [...CONFIRMED, asked(), failed(), resolved('done_outside')];

/** Somebody has refunded at the channel itself. */
const refundedAtChannel = (amount: number, atChannel = 're_2'): OrderEvent => ({
  type: 'PaymentRefunded',
  data: { paymentId: 'pay-1', amount: money(amount, 'CNY'), refundId: atChannel, atChannel },
});

const bookOf = (events: readonly OrderEvent[], ...corrections: readonly (readonly Posting[])[]): Book => ({
  ...NO_BOOK,
  entries: missingEntries(streamOf(events), NO_BOOK),
  corrections: corrections.map((postings) => ({ postings })),
});
const find = (events: readonly OrderEvent[], ...corrections: readonly (readonly Posting[])[]) =>
  findingsOf(streamOf(events), bookOf(events, ...corrections));
const rules = (...asked: Parameters<typeof find>) => find(...asked).map(({ rule }) => rule);

describe('Money that a person gave back outside', () => {
  test('is in suspense, and listed since then, while the order is under way too', () => {
    const found = {
      orderId: ORDER_ID,
      rule: 'NothingInSuspense',
      detail:
        'suspense has -1000 CNY, expected 0: a person books it at its channel, or as a fee, once a statement shows it.',
      since: at(GIVEN_BACK.length - 1),
      underWay: true,
    };
    expect(find(GIVEN_BACK)).toEqual([found]);
    expect(find([...GIVEN_BACK, asked('r-2')])).toContainEqual(found);
  });

  test('leaves suspense and its channel with a correction, once a statement shows it', () => {
    const cleared = move('channel/card', 'suspense', 'CNY', 1_000);
    expect(rules(GIVEN_BACK, cleared)).toEqual([]);
    expect(balancesOf(bookOf(GIVEN_BACK, cleared)).of('channel/card', 'CNY')).toBe(3_500);
    expect(rules(GIVEN_BACK, cleared, move('suspense', 'channel/card', 'CNY', 1_000))).toEqual(['NothingInSuspense']);
  });

  test('stays in suspense with what a statement shows too little or too much of', () => {
    expect(find(GIVEN_BACK, move('channel/card', 'suspense', 'CNY', 400))).toMatchObject([
      { rule: 'NothingInSuspense', detail: expect.stringContaining('suspense has -600 CNY') },
    ]);
    expect(find(GIVEN_BACK, move('channel/card', 'suspense', 'CNY', 1_400))).toMatchObject([
      { rule: 'NothingInSuspense', detail: expect.stringContaining('suspense has 400 CNY') },
    ]);
  });

  test('does not go anywhere else without a rule that breaks', () => {
    expect(rules(GIVEN_BACK, move('revenue', 'suspense', 'CNY', 1_000))).toEqual(['ChargeIsForGoods']);
    const elsewhere = [...move('channel/card', 'suspense', 'CNY', 1_000), ...move('revenue', 'clearing', 'CNY', 5)];
    expect(rules(GIVEN_BACK, elsewhere)).toEqual(['BooksShowTheCharge', 'ChargeIsForGoods', 'ClearingIsZero']);
  });

  test('is of a cancelled order as well', () => {
    const events = [created(), captured(4_500), cancelled, resolved('done_outside', { step: 'VoidPayment' })];
    expect(rules(events)).toEqual(['NothingInSuspense']);
    expect(rules(events, move('channel/card', 'suspense', 'CNY', 4_500))).toEqual([]);
  });

  test.each([
    ['done_outside', 'VoidPayment', 4_500, []],
    ['written_off', 'VoidPayment', 4_500, []],
    ['done_outside', 'VoidPayment', 4_400, ['NothingInSuspense']],
    ['written_off', 'VoidPayment', 4_400, []],
    ['completed', 'VoidPayment', 4_500, []],
    ['done_outside', 'CancelShipment', 4_500, []],
  ] as const)(
    'of a cancelled order, %s for %s, is what the channel shows of it: %d',
    (resolution, step, amount, broken) => {
      const events = [created(), captured(4_500), cancelled, resolved(resolution, { step })];
      const shown = refundedAtChannel(amount);
      expect(rules([...events, shown])).toEqual(broken);
      expect(balancesOf(bookOf([...events, shown])).of('channel/card', 'CNY')).toBe(4_500 - amount);
    },
  );

  test('in two ways is what the channel shows of it, and what is more was for no reason', () => {
    const settled = (how: 'done_outside' | 'written_off') => resolved(how, { step: 'VoidPayment' });
    const reversed = {
      type: 'RefundFailed',
      data: { refundId: 're_1', reason: 'closed', reversed: money(3_000, 'CNY') },
    } as const;
    const events = [
      created(),
      captured(4_500),
      cancelled,
      refundedAtChannel(3_000, 're_1'),
      settled('done_outside'),
      reversed,
      settled('written_off'),
    ];
    expect(rules([...events, refundedAtChannel(4_500)])).toEqual([]);
    expect(rules([...events, refundedAtChannel(1_500)])).toEqual([]);
    expect(rules([...events, refundedAtChannel(4_500), refundedAtChannel(7, 're_3')])).toContain('ClearingIsZero');
  });

  test('is wrong, and no longer under way, when no statement has shown it in time', () => {
    const [found] = find(GIVEN_BACK);
    expect(withAge([found!], at(GIVEN_BACK.length - 1))).toEqual([found]);
    expect(withAge([found!], at(GIVEN_BACK.length))).toEqual([{ ...found, underWay: false }]);
    const other = { ...found!, rule: 'ClearingIsZero' } as const;
    expect(withAge([other], at(GIVEN_BACK.length))).toEqual([other]);
  });
});

describe('A fee that a channel has kept', () => {
  test('is booked with a correction when its statement tells it, and breaks no rule', () => {
    expect(rules(CONFIRMED, move('channel/card', 'fees', 'CNY', 27))).toEqual([]);
    expect(rules(GIVEN_BACK, move('channel/card', 'fees', 'CNY', 27))).toEqual(['NothingInSuspense']);
  });

  test('can be what was in suspense', () => {
    expect(rules(CONFIRMED, move('channel/card', 'suspense', 'CNY', 27))).toEqual(['NothingInSuspense']);
    const split = [...move('channel/card', 'suspense', 'CNY', 27), ...move('suspense', 'fees', 'CNY', 27)];
    expect(rules(CONFIRMED, split)).toEqual([]);
  });
});
