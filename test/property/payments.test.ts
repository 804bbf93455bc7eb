import '../support/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HttpPaymentGateway } from '../../functions/payments/adapters/http-payment-gateway.ts';
import { authorisePayment, capturePayment, undoPayment, type PaymentDeps } from '../../functions/payments/payment-steps.ts';
import { WaybillError } from '../../functions/shared/kernel/errors.ts';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../../functions/shared/order-log/in-memory-order-log.ts';
import { created, newEvent, START } from '../support/order-streams.ts';
import { startPartners, type LedgerEntry, type Partners } from '../support/partners.ts';
import fc from '../support/properties.ts';
import { UnreliableNetwork } from '../support/unreliable-network.ts';

let partners: Partners;

beforeAll(async () => {
  partners = await startPartners();
});

afterAll(() => partners?.close());

const STEPS = { authorise: authorisePayment, capture: capturePayment, undo: undoPayment };
const fate = fc.constantFrom('delivered', 'lost', 'answer lost', 'late' as const);
/** A step and what the network does to the requests it makes; `arrive` brings everything that is late. */
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ step: fc.constantFrom('authorise', 'capture', 'undo' as const), fates: fc.array(fate, { maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.constant('arrive' as const) },
);
/** Steps of one round run at the same time, as a step and its retry after a timeout may. */
const rounds = fc.array(fc.array(act, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 8 });

const sumOf = (ledger: readonly LedgerEntry[], kind: string) =>
  ledger.filter((entry) => entry.kind === kind).reduce((total, { amount = 0 }) => total + amount, 0);

const total = created().data.total.amount;

async function world() {
  const orderId = parseOrderId(randomUUID());
  const network = new UnreliableNetwork();
  const log = new InMemoryOrderLog();
  await log.append(orderId, 0, [newEvent(created(), 0, orderId)]);
  const gateway = new HttpPaymentGateway({ baseUrl: partners.gatewayUrl, timeoutMs: 5_000, fetch: network.fetch });
  const deps: PaymentDeps = { gateway, log, now: () => START };
  return { orderId, network, log, step: (name: keyof typeof STEPS) => STEPS[name](deps, { orderId, version: 1 }) };
}

describe('Money', () => {
  test('is conserved whatever the network does: authorised once, taken once, and given back in full by the last undo', async () => {
    await fc.assert(fc.asyncProperty(rounds, async (all) => {
      const { orderId, network, log, step } = await world();
      for (const acts of all) {
        const outcomes = await Promise.allSettled(acts.map(async (one) => {
          if (one === 'arrive') return network.deliverLate();
          network.plan(...one.fates);
          return step(one.step);
        }));
        for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WaybillError);
        network.recover();

        const ledger = await partners.gatewayLedger(orderId);
        const [authorised, captured, voided, refunded] = ['authorisation', 'capture', 'void', 'refund'].map((kind) => sumOf(ledger, kind));
        expect([0, total]).toContain(authorised);
        expect([0, authorised]).toContain(captured);
        expect([0, captured]).toContain(refunded);
        expect([0, authorised! - captured!]).toContain(voided);
      }

      await step('undo');
      const undone = await partners.gatewayLedger(orderId);
      expect(sumOf(undone, 'void') + sumOf(undone, 'refund')).toBe(sumOf(undone, 'authorisation'));
      await network.deliverLate();
      await expect(step('authorise')).rejects.toMatchObject({ name: 'PaymentVoided' });
      expect(await partners.gatewayLedger(orderId)).toEqual(undone);

      const FACTS: Readonly<Record<string, string>> = { PaymentAuthorised: 'authorisation', PaymentCaptured: 'capture', PaymentVoided: 'void', PaymentRefunded: 'refund' };
      const facts = (await log.read(orderId, 2)).map(({ type }) => FACTS[type]);
      expect(facts).toEqual([...new Set(facts)]);
      for (const kind of facts) expect(sumOf(undone, kind!)).toBe(total);
    }), { numRuns: 150 });
  }, 60_000);
});
