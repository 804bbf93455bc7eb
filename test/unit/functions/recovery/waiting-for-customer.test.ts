import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { awaitRecovery } from '../../../../functions/recovery/application/await-recovery.ts';
import { keepWaitingOrders } from '../../../../functions/recovery/application/keep-waiting-orders.ts';
import { givenUp, isEndedBy, partnerAwaited } from '../../../../functions/recovery/domain/waiting-step.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { created, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';
import { recoveryFakes } from '../../../support/recovery/recovery-fakes.ts';

const EXPIRES = START + 900_000;
const toPay = {
  type: 'PaymentActionRequired',
  data: {
    amount: money(100, 'CNY'),
    action: { type: 'redirect', url: 'https://bank.example/challenge' },
    expiresAt: new Date(EXPIRES).toISOString(),
    askAgainSeconds: 45,
  },
} as const satisfies OrderEvent;
const notified: OrderEvent = { type: 'PaymentNotified', data: { channel: 'alipay', notificationId: 'n-1' } };
const pending = { step: 'AuthorisePayment', error: 'PaymentPending' } as const;

let fakes: ReturnType<typeof recoveryFakes>;
const wait = (token = 'token-1') =>
  awaitRecovery(fakes.deps, { orderId: ORDER_ID, taskToken: token, failures: [pending] });

beforeEach(async () => {
  fakes = recoveryFakes();
  fakes.situation.circuit = { state: 'closed' };
  await fakes.deps.log.append(ORDER_ID, 0, [newEvent(created()), newEvent(toPay, 1)]);
});

describe('A payment that waits for its customer', () => {
  test('waits for nobody else, until the time to pay is over, and is asked about when its channel says', async () => {
    await wait();
    expect(await fakes.deps.waits.find(ORDER_ID)).toEqual([
      expect.objectContaining({
        partner: 'customer',
        kind: 'forward',
        deadline: EXPIRES,
        readyAt: fakes.situation.now + 45_000,
      }),
    ]);
    expect(await fakes.deps.waits.ready('payment-gateway', 10)).toEqual([]);
  });

  test('is asked about at growing distances', async () => {
    const pauses: number[] = [];
    for (let back = 0; back < 3; back += 1) {
      await wait(`token-${back}`);
      const [waiting] = await fakes.deps.waits.find(ORDER_ID);
      pauses.push(waiting!.readyAt - fakes.situation.now);
      await fakes.deps.waits.release(waiting!, fakes.situation.now);
    }
    expect(pauses).toEqual([45_000, 90_000, 180_000]);
  });

  test('takes no time from the steps after it: their limit counts from when it was paid', async () => {
    const captured: OrderEvent = { type: 'PaymentCaptured', data: { paymentId: 'p-1', amount: created().data.total } };
    const paidAfterSeconds = 70_000;
    await fakes.deps.log.append(ORDER_ID, 2, [newEvent(captured, paidAfterSeconds)]);
    fakes.situation.now = START + 1_000 * (paidAfterSeconds + 20_000);
    const failure = { step: 'CreateShipment', error: 'CarrierUnavailable' } as const;
    await awaitRecovery(fakes.deps, { orderId: ORDER_ID, taskToken: 'token-1', failures: [failure] });
    const [waiting] = await fakes.deps.waits.find(ORDER_ID);
    expect(waiting!.deadline).toBe(START + 1_000 * (paidAfterSeconds + 86_400));
  });

  test('lasts for the days of a transfer, also while the platform is in trouble', async () => {
    const expires = START + 10 * 86_400_000;
    const expiresAt = new Date(expires).toISOString();
    await fakes.deps.log.append(ORDER_ID, 2, [newEvent({ ...toPay, data: { ...toPay.data, expiresAt } }, 2)]);
    fakes.situation.now = START + 9 * 86_400_000;
    const failure = { step: 'AuthorisePayment', error: 'DependencyUnavailable' } as const;
    await awaitRecovery(fakes.deps, { orderId: ORDER_ID, taskToken: 'token-1', failures: [failure] });
    expect(await fakes.deps.waits.find(ORDER_ID)).toMatchObject([{ partner: 'platform', deadline: expires }]);
  });

  test('ends when the channel has something to tell, and when the customer cancels', () => {
    expect(isEndedBy(notified, pending)).toBe(true);
    expect(
      isEndedBy({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } }, pending),
    ).toBe(true);
  });

  test('does not end a wait for the gateway by a notification: it is away all the same', () => {
    expect(isEndedBy(notified, { ...pending, error: 'CircuitOpen' })).toBe(false);
  });

  test('goes on at once when the notification came before the wait was registered', async () => {
    const { log } = fakes.deps;
    const read = log.read.bind(log);
    let first = true;
    Object.assign(log, {
      read: async (...args: Parameters<typeof read>) => {
        const stream = await read(...args);
        if (first) {
          first = false;
          await log.append(ORDER_ID, 2, [newEvent(notified, 2)]);
        }
        return stream;
      },
    });
    await wait();
    expect(fakes.released).toHaveLength(1);
  });

  test('is given up with an error of its own when its time is over', async () => {
    fakes.situation.now = EXPIRES;
    await expect(wait()).rejects.toThrow('has not paid in time');
    expect(givenUp({ orderId: ORDER_ID, ...pending }).name).toBe('PaymentNotMade');
  });

  test('asks the channel once more at the end of its time: the notification of a payment may be lost', async () => {
    await wait();
    await fakes.deps.timers.touch('customer', START);
    fakes.situation.now = EXPIRES;
    await keepWaitingOrders(fakes.deps, 'customer', 'the first message');
    expect(fakes.answers).toEqual([['token-1', 'succeeded']]);
    await expect(wait('token-2')).rejects.toThrow('has not paid in time');
  });

  test('waits as any authorisation does while the channel is away', () => {
    expect(partnerAwaited('AuthorisePayment', 'CircuitOpen', 'card')).toBe('payment-gateway');
  });
});
