import { byCard } from '../support/orders/by-card.ts';
import '../support/platform/function-environment.ts';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authorisePayment } from '../../functions/payments/application/authorise.ts';
import { type CaptureDeps, capturePayment } from '../../functions/payments/application/capture.ts';
import { voidPayment } from '../../functions/payments/application/void.ts';
import { WaybillError } from '../../functions/shared/kernel/errors.ts';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { money } from '../../functions/shared/kernel/money.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';
import { UnreliableNetwork } from '../support/fakes/unreliable-network.ts';
import { created, newEvent, START } from '../support/orders/streams.ts';
import { cardAt, cardExchangeTo, cardGatewayOver } from '../support/payments/card-at.ts';
import { type LedgerEntry, type Partners, startPartners } from '../support/platform/partners.ts';
import { defaultSettings } from '../support/recovery/default-settings.ts';
import fc from '../support/run/properties.ts';

let partners: Partners;

beforeAll(async () => {
  partners = await startPartners();
});

afterAll(() => partners?.close());

const STEPS = { authorise: authorisePayment, capture: capturePayment, undo: voidPayment };
const fate = fc.constantFrom('delivered', 'lost', 'answer lost', 'late' as const);
/** A step and what the network does to its requests; `arrive` delivers all late requests. */
const act = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      step: fc.constantFrom('authorise', 'capture', 'undo' as const),
      fates: fc.array(fate, { maxLength: 4 }),
    }),
  },
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
  const card = cardGatewayOver(cardExchangeTo(partners.gatewayUrl, network.exchange), () => START);
  const deps: CaptureDeps = { gateways: { card }, log, now: () => START, settings: defaultSettings };
  return {
    orderId,
    network,
    log,
    step: (name: keyof typeof STEPS) => STEPS[name](deps, { orderId, attempt: 0 }),
  };
}

describe('Money', () => {
  test('is conserved whatever the network does: authorised once, captured once, and given back in full by the last compensation', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const { orderId, network, log, step } = await world();
        for (const acts of all) {
          const outcomes = await Promise.allSettled(
            acts.map(async (one) => {
              if (one === 'arrive') return network.deliverLate();
              network.plan(...one.fates);
              return step(one.step);
            }),
          );
          for (const outcome of outcomes) {
            if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(WaybillError);
          }
          network.recover();

          const ledger = await partners.gatewayLedger(orderId);
          const [authorised, captured, voided, refunded] = ['authorisation', 'capture', 'void', 'refund'].map((kind) =>
            sumOf(ledger, kind),
          );
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

        const FACTS: Readonly<Record<string, string>> = {
          PaymentAuthorised: 'authorisation',
          PaymentCaptured: 'capture',
          PaymentVoided: 'void',
          PaymentRefunded: 'refund',
        };
        const facts = (await log.read(orderId, 2)).map(({ type }) => FACTS[type]);
        expect(facts).toEqual([...new Set(facts)]);
        for (const kind of facts) expect(sumOf(undone, kind!)).toBe(total);
      }),
      { numRuns: 150 },
    );
  });
});

describe('An authorisation that is adjusted, captured and refunded in parts', () => {
  const amount = fc.integer({ min: 1, max: 120 }).map((units) => money(units, 'CNY'));
  const id = fc.constantFrom('one', 'two', 'three');
  const call = fc.oneof(
    fc.record({ kind: fc.constant('authorise' as const), amount, id }),
    fc.record({ kind: fc.constant('adjust' as const), amount, id }),
    fc.record({ kind: fc.constant('capture' as const), amount, id }),
    fc.record({ kind: fc.constant('refund' as const), amount, id }),
    fc.record({ kind: fc.constant('arrive' as const), amount, id }),
  );
  const calls = fc.array(fc.record({ call, fates: fc.array(fate, { maxLength: 3 }) }), { minLength: 1, maxLength: 12 });

  test('never captures more than was authorised, never refunds more than was captured, and makes each refund and adjustment once', async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (all) => {
        const { orderId, network } = await world();
        const gateway = cardAt(partners.gatewayUrl, {
          exchange: cardExchangeTo(partners.gatewayUrl, network.exchange),
        });
        // The first authorisation is certain, so that there is something to do.
        await gateway.authorise(orderId, money(60, 'CNY'), byCard('tok_limit_100'));
        for (const {
          call: { kind, amount: asked, id: of },
          fates,
        } of all) {
          if (kind === 'arrive') {
            await network.deliverLate();
            continue;
          }
          network.plan(...fates);
          const acts = {
            authorise: () => gateway.authorise(orderId, asked, byCard('tok_limit_100')),
            adjust: () => gateway.adjust(orderId, of, asked),
            capture: () => gateway.capture(orderId, asked),
            refund: () => gateway.refund(orderId, of, asked),
          };
          const seen = await acts[kind]().catch((error: unknown) => error);
          network.recover();
          if (seen instanceof Error) expect(seen).toBeInstanceOf(WaybillError);
          else expect(await gateway.find(orderId)).toEqual(seen);
        }
        await network.deliverLate();

        const ledger = await partners.gatewayLedger(orderId);
        const held = ledger.filter(({ kind }) => kind === 'authorisation' || kind === 'adjustment').at(-1)!.amount!;
        expect(held).toBeLessThanOrEqual(100);
        expect(sumOf(ledger, 'capture')).toBeLessThanOrEqual(held);
        expect(sumOf(ledger, 'refund')).toBeLessThanOrEqual(sumOf(ledger, 'capture'));
        for (const key of ['adjustmentKey', 'refundKey'] as const) {
          const keys = ledger.flatMap((entry) => entry[key] ?? []);
          expect(keys).toEqual([...new Set(keys)]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
