import { describe, expect, test } from 'vitest';
import { type CorrectionRefusal, correct } from '../../../../functions/ledger/domain/correct.ts';
import { move, type Posting } from '../../../../functions/ledger/domain/entry.ts';

const REASON = 'The channel has kept a fee.';

describe('A correction', () => {
  test.each([
    ['of money', move('channel/card', 'suspense', 'CNY', 310)],
    ['of stock', move('available', 'damaged', 'TEE', 1)],
    ['of both', [...move('clearing', 'prepaid', 'EUR', 5), ...move('sold', 'returned', 'MUG-BLUE', 2)]],
  ])('%s is posted as a person says it', (_, postings) => {
    expect(correct(postings, REASON)).toEqual({
      ok: true,
      value: { type: 'CorrectionPosted', data: { postings, reason: REASON } },
    });
  });

  const [out, into] = move('channel/card', 'suspense', 'CNY', 310) as [Posting, Posting];
  const named = (account: string) => [out, { ...into, account }] as readonly Posting[];
  test.each<[string, readonly Posting[], CorrectionRefusal]>([
    ['that is none', [], { kind: 'not-balanced' }],
    ['that does not sum to zero', [out], { kind: 'not-balanced' }],
    ['that sums to zero over currencies only', [out, { ...into, unit: 'EUR' }], { kind: 'not-balanced' }],
    [
      'that moves nothing',
      [
        { ...out, amount: 0 },
        { ...into, amount: 0 },
      ],
      { kind: 'not-balanced' },
    ],
    ['of an account that there is not', named('profit'), { kind: 'no-account', account: 'profit' }],
    ['of a channel without its method', named('channel'), { kind: 'no-account', account: 'channel' }],
    ['of a method that there is not', named('channel/cash'), { kind: 'no-account', account: 'channel/cash' }],
    ['of a method of an account that has none', named('revenue/card'), { kind: 'no-account', account: 'revenue/card' }],
    ['of what every object has', named('constructor'), { kind: 'no-account', account: 'constructor' }],
    [
      'of money in units of an article',
      move('clearing', 'prepaid', 'MUG-BLUE', 1),
      { kind: 'wrong-unit', account: 'clearing', unit: 'MUG-BLUE' },
    ],
  ])('%s is refused', (_, postings, refusal) => {
    expect(correct(postings, REASON)).toEqual({ ok: false, refusal });
  });
});
