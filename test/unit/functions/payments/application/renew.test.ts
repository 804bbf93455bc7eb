import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { authorisePayment } from '../../../../../functions/payments/application/authorise.ts';
import { capturePayment } from '../../../../../functions/payments/application/capture.ts';
import { voidPayment } from '../../../../../functions/payments/application/void.ts';
import type { RecordedOrderEvent } from '../../../../../functions/published/order-events.ts';
import type { CallFate } from '../../../../support/fakes/fate.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../../support/fakes/in-memory-payment-gateway.ts';
import { created, EVENTS, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';
import { defaultSettings } from '../../../../support/recovery/default-settings.ts';

const VALID_MS = 7 * 86_400_000;
const { total } = created().data;

let gateway: InMemoryPaymentGateway;
let log: InMemoryOrderLog;
let now: number;

const deps = () => ({ gateways: { card: gateway }, log, now: () => now, settings: defaultSettings });
const step = { orderId: ORDER_ID, attempt: 1 };
const capture = () => capturePayment(deps(), step);
const moved = () => gateway.movements(ORDER_ID);
const stream = (): Promise<readonly RecordedOrderEvent[]> => log.read(ORDER_ID);
const types = async () => (await stream()).map(({ type }) => type).slice(1);

async function begin(token = 'tok_ok'): Promise<void> {
  gateway = new InMemoryPaymentGateway();
  log = new InMemoryOrderLog();
  now = START;
  const event = created();
  const paidBy = { ...event, data: { ...event.data, paymentMethod: { type: 'card', token } as const } };
  await log.append(ORDER_ID, 0, [newEvent(paidBy)]);
  await authorisePayment(deps(), step);
}

beforeEach(() => begin());

describe('A capture of an authorisation that has expired', () => {
  test('authorises the total anew under the same order first, and records the attempt', async () => {
    gateway.expire(ORDER_ID);
    await capture();
    expect(moved()).toEqual(['authorisation', 'expiry', 'authorisation', 'capture']);
    expect(await types()).toEqual(['PaymentAuthorised', 'PaymentAuthorised', 'PaymentCaptured']);
    expect((await stream())[2]).toMatchObject({ data: { amount: total, attempt: 2 } });
  });

  test.each([
    ['is renewed when its validity is over by our count, although the gateway still has it', VALID_MS, true],
    ['is not renewed a moment before that', VALID_MS - 1, false],
  ])('%s', async (_, afterMs, isRenewed) => {
    now = START + afterMs;
    await capture();
    expect(moved().includes('void')).toBe(isRenewed);
    expect(moved().at(-1)).toBe('capture');
  });

  test('counts the validity of a renewal from its own time', async () => {
    now = START + VALID_MS;
    gateway.fates.plan('carried out', 'not carried out');
    await expect(capture()).rejects.toMatchObject({ name: 'PaymentGatewayUnavailable' });
    now += VALID_MS - 1;
    await capture();
    expect(moved()).toEqual(['authorisation', 'void', 'authorisation', 'capture']);
  });

  test('renews a second time with a number of its own', async () => {
    now = START + VALID_MS;
    gateway.fates.plan('carried out', 'not carried out');
    await expect(capture()).rejects.toThrow();
    gateway.expire(ORDER_ID);
    await capture();
    const attempts = (await stream()).flatMap(({ type, data }) =>
      type === 'PaymentAuthorised' ? [(data as { attempt?: number }).attempt ?? 1] : [],
    );
    expect(attempts).toEqual([1, 2, 3]);
  });

  test('is declined when the renewal is, and then nothing is left at the gateway', async () => {
    await begin(`tok_limit_${total.amount}`);
    gateway.expire(ORDER_ID);
    // The card is not good for it any more.
    gateway.renew = async () => gateway.find(ORDER_ID);
    await expect(capture()).rejects.toMatchObject({
      name: 'PaymentDeclined',
      data: { declineCode: 'authorisation_expired' },
    });
    await log.append(ORDER_ID, 2, [newEvent(EVENTS.cancelled)]);
    await voidPayment(deps(), step);
    expect(await types()).toContain('PaymentVoided');
    expect(moved()).not.toContain('capture');
  });

  test('charges nobody twice and never holds twice, whatever is lost, late or repeated', async () => {
    const fates = fc.array(fc.constantFrom<CallFate>('carried out', 'not carried out', 'outcome unknown'), {
      maxLength: 8,
    });
    const happenings = fc.array(fc.constantFrom('capture', 'expire', 'a week', 'authorise'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fates, happenings, async (planned, drawn) => {
        await begin();
        gateway.fates.plan(...planned);
        for (const happening of drawn) {
          if (happening === 'expire') gateway.expire(ORDER_ID);
          else if (happening === 'a week') now += VALID_MS;
          else await (happening === 'capture' ? capture() : authorisePayment(deps(), step)).catch(() => {});
          expect(heldAtOnce(moved())).toBeLessThanOrEqual(1);
        }
        let last: unknown;
        for (let tries = 0; tries < 12; tries += 1) last = await capture().catch((error: Error) => error.name);
        // A renewal whose answer was lost and that has expired, too, ends the order: its number is used up.
        const captures = last === 'PaymentDeclined' ? 0 : 1;
        expect(moved().filter((kind) => kind === 'capture')).toHaveLength(captures);
        expect((await types()).filter((type) => type === 'PaymentCaptured')).toHaveLength(captures);
      }),
    );
  });
});

/** The largest number of authorisations that were open at the same time. */
function heldAtOnce(movements: readonly string[]): number {
  let [open, most] = [0, 0];
  for (const kind of movements) {
    if (kind === 'authorisation') open += 1;
    if (kind === 'expiry' || kind === 'capture' || kind === 'void') open -= 1;
    most = Math.max(most, open);
  }
  return most;
}
