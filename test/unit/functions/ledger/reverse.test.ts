import { describe, expect, test } from 'vitest';
import { NO_BOOK } from '../../../../functions/ledger/domain/book.ts';
import { move, unbalanced } from '../../../../functions/ledger/domain/entry.ts';
import { reverse } from '../../../../functions/ledger/domain/reverse.ts';
import fc from '../../../support/run/properties.ts';

const entry = { of: 3, type: 'PaymentCaptured', postings: move('clearing', 'channel/card', 'CNY', 1_000) };
const book = { ...NO_BOOK, version: 1, upTo: 3, entries: [entry] };
const back = (amount: number) => move('channel/card', 'clearing', 'CNY', amount);

describe('Taking back an entry', () => {
  test('posts the opposite of all that is left', () => {
    expect(reverse(book, 3, 'wrong')).toEqual({
      ok: true,
      value: { type: 'EntryReversed', data: { of: 3, postings: [...back(1_000)].reverse(), reason: 'wrong' } },
    });
  });

  test.each([
    ['an entry that is not there', 4, back(1), { kind: 'unknown-entry', of: 4 }],
    ['nothing', 3, [], { kind: 'not-balanced' }],
    ['one side alone', 3, back(1).slice(1), { kind: 'not-balanced' }],
    ['more than it moved', 3, back(1_001), { kind: 'more-than-left', account: 'channel/card', left: 1_000 }],
    ['in its own direction', 3, back(-1), { kind: 'more-than-left', account: 'channel/card', left: 1_000 }],
    [
      'another account',
      3,
      move('revenue', 'clearing', 'CNY', 1),
      { kind: 'more-than-left', account: 'revenue', left: 0 },
    ],
  ])('refuses to take back %s', (_, of, postings, refusal) => {
    expect(reverse(book, of, 'wrong', postings)).toEqual({ ok: false, refusal });
  });

  test('says of an entry that was taken back already that nothing is left', () => {
    const all = { ...book, reversals: [{ of: 3, postings: back(1_000) }] };
    expect(reverse(all, 3, 'wrong')).toEqual({ ok: false, refusal: { kind: 'nothing-left', of: 3 } });
  });

  test('never takes back more than the entry, in whatever parts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 8 }), (parts) => {
        let now: typeof book & { reversals: readonly { of: number; postings: ReturnType<typeof back> }[] } = book;
        let left = 1_000;
        for (const part of parts) {
          const decision = reverse(now, 3, 'wrong', back(part));
          expect(decision.ok).toBe(part <= left);
          if (!decision.ok) continue;
          left -= part;
          expect(unbalanced(decision.value.data.postings)).toEqual([]);
          now = { ...now, reversals: [...now.reversals, decision.value.data] };
        }
      }),
    );
  });
});
