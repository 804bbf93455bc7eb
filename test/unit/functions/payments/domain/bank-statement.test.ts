import { describe, expect, test } from 'vitest';
import { type BankStatement, gapIn, markAfter } from '../../../../../functions/payments/domain/bank-statement.ts';
import { sharesOf } from '../../../../../functions/payments/domain/payouts.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';

const entry = (entryId: string, amount: number, currency = 'EUR') => ({ entryId, effect: money(amount, currency) });
const first: BankStatement = {
  sequence: 2,
  opening: { EUR: 0 },
  closing: { EUR: 70 },
  entries: [entry('E1', 100), entry('E2', -30)],
};
const next: BankStatement = {
  sequence: 3,
  opening: { EUR: 70 },
  closing: { EUR: 70, CNY: 5 },
  entries: [entry('E3', 5, 'CNY')],
};

describe('Statements', () => {
  test('follow on from each other', () => {
    expect(gapIn(first, undefined)).toBeUndefined();
    expect(markAfter(first)).toEqual({ entryId: 'E2', sequence: 2, closing: { EUR: 70 } });
    expect(gapIn(next, markAfter(first))).toBeUndefined();
    expect(markAfter({ ...next, entries: [] })).toBeUndefined();
  });

  test.each([
    ['an entry is left out', { ...first, entries: first.entries.slice(1) }, /ends with entry 2 .* expected 1/],
    ['an amount is another one', { ...first, entries: [entry('E1', 101), entry('E2', -30)] }, /come to 71 EUR; .* 70/],
    ['it begins with another balance', { ...first, opening: { EUR: 1 }, closing: { EUR: 71 } }, /begins with 1 EUR/],
    ['a currency appears from nowhere', { ...first, closing: { EUR: 70, CNY: 1 } }, /come to 0 CNY; .* 1/],
  ])('do not when %s', (_, statement, message) => {
    expect(gapIn(statement, undefined)).toMatch(message);
  });

  test('do not when one between them was not read', () => {
    expect(gapIn(next, undefined)).toMatch(/ends with entry 3 of the account; expected 1/);
    expect(gapIn({ ...next, opening: {}, closing: { CNY: 5 } }, markAfter(first))).toMatch(/begins with 0 EUR/);
  });
});

describe('A refund of transfers', () => {
  const paying = [
    { transferId: 'E1', amount: money(100, 'EUR'), debtor: { name: 'Ann', iban: 'A' } },
    { transferId: 'E2', amount: money(50, 'EUR'), debtor: { name: 'Ben', iban: 'B' } },
  ];
  const shares = (given: number, amount: number) =>
    sharesOf(paying, given, money(amount, 'EUR')).map(({ amount: { amount: part }, creditor }) => [
      creditor.iban,
      part,
    ]);

  test.each([
    [0, 20, [['B', 20]]],
    [
      0,
      150,
      [
        ['B', 50],
        ['A', 100],
      ],
    ],
    [
      20,
      40,
      [
        ['B', 30],
        ['A', 10],
      ],
    ],
    [50, 100, [['A', 100]]],
    [60, 90, [['A', 90]]],
    [150, 0, []],
  ])('after %i gives %i to those who paid last, and to nobody more than they paid', (given, amount, expected) => {
    expect(shares(given, amount)).toEqual(expected);
  });
});
