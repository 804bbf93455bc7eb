import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { behaviourOf, declineOf } from '../../../partners/payment-gateway/magic-tokens.ts';

describe('The README of the card gateway', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../../partners/payment-gateway/README.md'), 'utf8');

  test.each([
    ['tok_ok', {}],
    ['tok_declined', { declineCode: 'insufficient_funds' }],
    ['tok_flaky', { outages: 2 }],
    ['tok_slow', { answersAfterMs: 1_000 }],
    ['tok_timeout_charged', { silent: true }],
    ['tok_timeout_not_charged', { silent: true, ignored: true }],
    ['tok_refund_fails', { undoFails: true }],
    ['tok_refund_pending', { refundsPend: true }],
  ])('lists %s, which behaves as documented', (token, behaviour) => {
    expect(readme).toContain(`| \`${token}\` |`);
    expect(behaviourOf(token)).toEqual(behaviour);
  });

  test('says what tok_limit_<n> is good for', () => {
    expect([10_000, 10_001].map((amount) => declineOf(behaviourOf('tok_limit_10000'), amount))).toEqual([
      undefined,
      'limit_exceeded',
    ]);
    expect(readme).toContain('`tok_limit_10000`');
  });
});
