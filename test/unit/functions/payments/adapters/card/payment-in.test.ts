/** What answers of the card gateway say that the simulated one never gives. */
import { describe, expect, test } from 'vitest';
import { readIntent } from '../../../../../../functions/payments/adapters/card/answers.ts';
import { hasLapsed, paymentIn } from '../../../../../../functions/payments/adapters/card/payment-in.ts';

const shown = (more: object) => {
  const body = { id: 'pi_1', status: 'canceled', amount: 8_800, currency: 'cny', latest_charge: 'ch_1', ...more };
  const said = readIntent({ status: 200, body });
  if (said?.kind !== 'shown') throw new Error('It is no intent.');
  return said.shown;
};

describe('An authorisation that was cancelled', () => {
  test.each(['automatic', 'expired', 'abandoned'])('%s has lapsed', (reason) => {
    expect(hasLapsed(shown({ cancellation_reason: reason }))).toBe(true);
  });

  test.each(['requested_by_customer', 'duplicate', 'fraudulent', null])('%s is voided', (reason) => {
    const intent = shown({ cancellation_reason: reason });
    expect(hasLapsed(intent)).toBe(false);
    expect(paymentIn({ intent })).toEqual({ status: 'voided', paymentId: 'pi_1' });
  });
});

describe('A failure of what the gateway depends on (424)', () => {
  test('tells no outcome, unless it was kept under the key', () => {
    expect(readIntent({ status: 424, body: {} })).toBeUndefined();
    const headers = { 'idempotent-replayed': 'true' };
    expect(readIntent({ status: 424, body: {}, headers })).toEqual({ kind: 'failed for good', isReplayed: true });
  });
});
