/** The books of orders that are paid by bank transfer: each transfer is in them from the day on which it came. */
import { expect, test } from 'vitest';
import { balancesOf, NO_BOOK } from '../../../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../../../functions/ledger/domain/findings.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { created, EVENTS, streamOf } from '../../../support/orders/streams.ts';

const order = created();
const placed: OrderEvent = { ...order, data: { ...order.data, paymentMethod: { type: 'bank_transfer' } } };
const debtor = { name: 'Ann', iban: 'DE89370400440532013000' };
const came = (transferId: string, amount: number, currency = 'CNY'): OrderEvent => ({
  type: 'TransferReceived',
  data: { transferId, amount: money(amount, currency), debtor },
});
const back = (transferId: string, amount: number, currency = 'CNY'): OrderEvent => ({
  type: 'TransferReturned',
  data: { transferId, amount: money(amount, currency) },
});
const captured = (amount: number): OrderEvent => ({
  type: 'PaymentCaptured',
  data: { paymentId: 'RF1', amount: money(amount, 'CNY') },
});
const refunded = (amount: number, refundId?: string): OrderEvent => ({
  type: 'PaymentRefunded',
  data: { paymentId: 'RF1', amount: money(amount, 'CNY'), ...(refundId ? { refundId } : {}) },
});
const bookOf = (events: readonly OrderEvent[]) => ({ ...NO_BOOK, entries: missingEntries(streamOf(events), NO_BOOK) });
const moneyOf = (events: readonly OrderEvent[]) =>
  balancesOf(bookOf(events))
    .all()
    .filter(({ unit }) => unit.length === 3)
    .map(({ account, amount, unit }) => `${account} ${amount} ${unit}`)
    .sort();

const settled = (resolution: 'done_outside' | 'written_off' | 'completed', transferId = 'E1'): OrderEvent => ({
  type: 'TaskResolved',
  data: { taskId: transferId, kind: 'transfer', transferId, resolution },
});

const cancelled = EVENTS.cancelled;
const kept = ['channel/bank_transfer 4500 CNY', 'prepaid -4500 CNY'];

test.each<[string, readonly OrderEvent[], readonly string[]]>([
  ['too little', [placed, came('E1', 4_000)], ['channel/bank_transfer 4000 CNY', 'clearing -4000 CNY']],
  ['two parts', [placed, came('E1', 4_000), came('E2', 500), captured(4_500), EVENTS.confirmed], kept],
  ['too much', [placed, came('E1', 5_000), captured(5_000), refunded(500, 'excess'), EVENTS.confirmed], kept],
  [
    'the same twice',
    [placed, came('E1', 4_500), captured(4_500), came('E2', 4_500), EVENTS.confirmed, back('E2', 4_500)],
    kept,
  ],
  [
    'another currency',
    [placed, came('E1', 70, 'EUR'), came('E2', 4_500), captured(4_500), EVENTS.confirmed, back('E1', 70, 'EUR')],
    kept,
  ],
  ['too late', [placed, cancelled, came('E1', 4_500), back('E1', 4_500)], []],
  [
    'what a person has given back outside',
    [placed, cancelled, came('E1', 500), settled('done_outside'), back('E1', 500)],
    [],
  ],
  ['what two have given up', [placed, cancelled, came('E1', 500), settled('written_off'), back('E1', 500)], []],
  [
    'what a person has given back outside of another transfer',
    [placed, cancelled, came('E1', 500), came('E2', 70), settled('done_outside'), back('E2', 70)],
    ['channel/bank_transfer 500 CNY', 'suspense -500 CNY'],
  ],
  ['what the bank took at last', [placed, cancelled, came('E1', 500), settled('completed'), back('E1', 500)], []],
  [
    'a part that went back by hand',
    [placed, came('E1', 500), back('E1', 500), came('E2', 4_500), captured(4_500), EVENTS.confirmed],
    kept,
  ],
  ['too little until the end', [placed, came('E1', 4_000), cancelled, back('E1', 4_000)], []],
  ['all, before a cancellation', [placed, came('E1', 4_500), captured(4_500), refunded(4_500), cancelled], []],
])('After %s, what the books have is what the bank has, and nothing breaks a rule', (_, events, expected) => {
  expect(moneyOf(events)).toEqual(expected);
  const findings = findingsOf(streamOf(events), bookOf(events));
  expect(findings.filter(({ underWay }) => !underWay).map(({ rule }) => rule)).toEqual([]);
});

test('Money that is still to go back keeps an order from being at rest', () => {
  const events = [placed, came('E1', 4_500), captured(4_500), EVENTS.arranged, EVENTS.confirmed, came('E2', 4_500)];
  const findings = findingsOf(streamOf(events), bookOf(events));
  expect(findings.map(({ rule, underWay }) => [rule, underWay])).toEqual(
    expect.arrayContaining([['ClearingIsZero', true]]),
  );
});

test('What was paid beyond the total at checkout goes back from clearing, and from no goods', () => {
  const card = [created(), captured(5_000), refunded(500, 'excess'), EVENTS.confirmed];
  expect(moneyOf(card)).toEqual(['channel/card 4500 CNY', 'prepaid -4500 CNY']);
});
