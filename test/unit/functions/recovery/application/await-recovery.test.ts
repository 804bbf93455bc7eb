import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent, SagaStep } from '../../../../../functions/published/order-events.ts';
import type { OrderLog } from '../../../../../functions/published/order-log.ts';
import { type AwaitRequest, awaitRecovery } from '../../../../../functions/recovery/application/await-recovery.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  newEvent,
  ORDER_ID,
  START,
} from '../../../../support/orders/streams.ts';
import { recoveryFakes } from '../../../../support/recovery/recovery-fakes.ts';

let fakes: ReturnType<typeof recoveryFakes>;
beforeEach(async () => {
  fakes = recoveryFakes();
  await fakes.deps.log.append(ORDER_ID, 0, [newEvent(created())]);
});

const request = (step: SagaStep, error = 'CircuitOpen', differences: Partial<AwaitRequest> = {}): AwaitRequest => ({
  orderId: ORDER_ID,
  taskToken: 'token-1',
  failures: [{ step, error }],
  ...differences,
});
const append = async (...events: readonly OrderEvent[]) => {
  const { length } = await fakes.deps.log.read(ORDER_ID);
  await fakes.deps.log.append(
    ORDER_ID,
    length,
    events.map((event) => newEvent(event)),
  );
};
const types = async () => (await fakes.deps.log.read(ORDER_ID)).map(({ type }) => type);
const cancellation: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'created' },
};

describe('A forward step that waits', () => {
  test('is in the history of the order once, and its keeper looks when the circuit lets calls through', async () => {
    await awaitRecovery(fakes.deps, request('AuthorisePayment'));
    await awaitRecovery(fakes.deps, request('AuthorisePayment', 'CircuitOpen', { taskToken: 'token-2' }));
    expect(await types()).toEqual(['OrderCreated', 'StepDelayed']);
    expect((await fakes.deps.log.read(ORDER_ID))[1]).toMatchObject({
      data: {
        step: 'AuthorisePayment',
        partner: 'payment-gateway',
        error: 'CircuitOpen',
        until: new Date(START + 1_800_000).toISOString(),
      },
      actor: { type: 'system', id: 'AwaitRecovery' },
    });
    expect(await fakes.deps.waits.find(ORDER_ID)).toEqual([
      expect.objectContaining({ taskToken: 'token-2', since: START + 10_000, deadline: START + 1_800_000, returns: 0 }),
    ]);
    expect(fakes.rounds).toEqual([{ partner: 'payment-gateway', id: 'message-1', at: START + 40_000 }]);
    expect(fakes.released).toEqual([]);
  });

  test('keeps the moment at which it began to wait, and pauses longer each time that it comes back', async () => {
    const readyAt: number[] = [];
    for (let back = 0; back < 4; back += 1) {
      await awaitRecovery(fakes.deps, request('AuthorisePayment', 'CircuitOpen', { taskToken: `token-${back}` }));
      const [wait] = await fakes.deps.waits.find(ORDER_ID);
      expect(wait!.since).toBe(START + 10_000);
      readyAt.push(wait!.readyAt - fakes.situation.now);
      await fakes.deps.waits.release(wait!, fakes.situation.now);
      fakes.situation.now += 30_000;
    }
    expect(readyAt).toEqual([0, 30_000, 60_000, 120_000]);
  });

  test('pauses no longer each time when its call was not sent: that is no trouble of its own', async () => {
    fakes.situation.circuit = { state: 'closed' };
    const pauses: number[] = [];
    for (const error of [
      'PartnerBusy',
      'PartnerBusy',
      'NoHealthyInstance',
      'PaymentGatewayUnavailable',
      'PartnerBusy',
    ]) {
      await awaitRecovery(fakes.deps, request('AuthorisePayment', error));
      const [wait] = await fakes.deps.waits.find(ORDER_ID);
      pauses.push(wait!.readyAt - fakes.situation.now);
      await fakes.deps.waits.release(wait!, fakes.situation.now);
    }
    expect(pauses).toEqual([5_000, 5_000, 5_000, 10_000, 5_000]);
  });

  test('has its keeper look sooner when it is ready before the timer', async () => {
    await awaitRecovery(fakes.deps, request('AuthorisePayment'));
    fakes.situation.circuit = { state: 'closed' };
    await awaitRecovery(fakes.deps, request('CapturePayment', 'PaymentGatewayUnavailable'));
    expect(fakes.rounds.map(({ at }) => at)).toEqual([START + 40_000, START + 15_000]);
  });

  test.each([
    [{ type: 'card', token: 'tok_ok' }, 'payment-gateway'],
    [{ type: 'alipay', via: 'page' }, 'alipay'],
    [{ type: 'wechat_pay', via: 'qr_code' }, 'wechat-pay'],
  ] as const)('waits for the circuit of the channel that it is paid by: %j', async (paymentMethod, partner) => {
    const fresh = recoveryFakes();
    const order = created();
    await fresh.deps.log.append(ORDER_ID, 0, [newEvent({ ...order, data: { ...order.data, paymentMethod } })]);
    for (const step of ['AuthorisePayment', 'CapturePayment', 'VoidPayment'] as const) {
      await awaitRecovery(fresh.deps, request(step));
    }
    expect((await fresh.deps.waits.find(ORDER_ID)).map((wait) => wait.partner)).toEqual([partner, partner, partner]);
    expect(fresh.rounds.map((round) => round.partner)).toContain(partner);
    expect(new Set(fresh.rounds.map((round) => round.partner)).size).toBe(1);
  });

  test.each([
    ['AuthorisePayment', 'PaymentWindowClosed', 1_800],
    ['ReserveInventory', 'CheckoutLimitReached', 86_400],
    ['CreateShipment', 'CheckoutLimitReached', 86_400],
    ['CapturePayment', 'CheckoutLimitReached', 86_400],
  ] as const)('is given up at its limit, counted from the order: %s', async (step, name, seconds) => {
    fakes.situation.now = START + 1_000 * seconds - 1;
    await awaitRecovery(fakes.deps, request(step));
    fakes.situation.now += 1;
    await expect(awaitRecovery(fakes.deps, request(step))).rejects.toMatchObject({ name });
  });

  test('of a change of items is given up after a payment window of its own', async () => {
    await fakes.deps.log.append(ORDER_ID, 1, [changeRequested()]);
    const step = request('AdjustAuthorisation', 'CircuitOpen', { changeId: CHANGE_ID });
    await awaitRecovery(fakes.deps, step);
    expect(await fakes.deps.waits.find(ORDER_ID)).toMatchObject([{ changeId: CHANGE_ID, deadline: START + 1_810_000 }]);
  });

  test('waits for the platform, and not for its partner, when a service of the platform had trouble', async () => {
    await awaitRecovery(fakes.deps, request('AuthorisePayment', 'DependencyUnavailable'));
    expect(fakes.rounds).toMatchObject([{ partner: 'platform' }]);
  });

  test('waits for the gateway when a change is to raise an authorisation that the gateway has not given yet', async () => {
    await fakes.deps.log.append(ORDER_ID, 1, [changeRequested()]);
    const step = request('AdjustAuthorisation', 'ConcurrencyConflict', { changeId: CHANGE_ID });
    await awaitRecovery(fakes.deps, step);
    expect(await fakes.deps.waits.find(ORDER_ID)).toMatchObject([{ partner: 'payment-gateway', heldBy: 'circuit' }]);
    fakes.situation.circuit = { state: 'closed' };
    await awaitRecovery(fakes.deps, step);
    const [wait] = await fakes.deps.waits.find(ORDER_ID);
    expect(wait!.readyAt - fakes.situation.now).toBe(5_000);
  });

  test('goes on at once when the order is cancelled, whatever its limit', async () => {
    await append(cancellation);
    fakes.situation.now = START + 90_000_000;
    await awaitRecovery(fakes.deps, request('AuthorisePayment'));
    expect(fakes.released).toMatchObject([{ orderId: ORDER_ID, step: 'AuthorisePayment' }]);
  });

  test('goes on at once when the customer cancels while it is being registered', async () => {
    const { log } = fakes.deps;
    const cancelling: OrderLog = {
      read: async (...args) => log.read(...args),
      readLast: async (...args) => log.readLast(...args),
      findEvent: async (...args) => log.findEvent(...args),
      findCommand: async (...args) => log.findCommand(...args),
      append: async (orderId, version, events, options) => {
        if (version === 1) await append(cancellation);
        return log.append(orderId, version, events, options);
      },
    };
    await awaitRecovery({ ...fakes.deps, log: cancelling }, request('AuthorisePayment'));
    expect(fakes.released).toMatchObject([{ step: 'AuthorisePayment' }]);
  });

  test('waits while the customer changes the order, and goes on at once when the change is answered by then', async () => {
    await fakes.deps.log.append(ORDER_ID, 1, [changeRequested()]);
    await awaitRecovery(fakes.deps, request('CapturePayment', 'OrderChanged'));
    expect(fakes.released).toEqual([]);
    await append({ type: 'ItemsChangeRefused', data: { changeId: CHANGE_ID, reason: 'not_possible' } });
    await awaitRecovery(fakes.deps, request('CapturePayment', 'OrderChanged'));
    expect(fakes.released).toHaveLength(1);
  });
});

describe('A compensation that waits', () => {
  beforeEach(() => append(cancellation));

  test('is tried for hours; then it is a person’s task, and waits on', async () => {
    await awaitRecovery(fakes.deps, request('VoidPayment'));
    expect(await fakes.deps.waits.find(ORDER_ID)).toMatchObject([{ deadline: START + 10_000 + 21_600_000 }]);
    fakes.situation.now += 21_600_000;
    await awaitRecovery(fakes.deps, request('VoidPayment', 'CircuitOpen', { taskToken: 'token-2' }));
    await awaitRecovery(fakes.deps, request('VoidPayment', 'CircuitOpen', { taskToken: 'token-3' }));
    expect(await types()).toEqual(['OrderCreated', 'CancellationRequested', 'StepDelayed', 'TaskOpened']);
    expect((await fakes.deps.log.read(ORDER_ID))[3]!.data).toMatchObject({
      kind: 'compensation',
      step: 'VoidPayment',
      error: 'CircuitOpen',
      dueAt: new Date(fakes.situation.now + 14_400_000).toISOString(),
    });
    const [wait] = await fakes.deps.waits.find(ORDER_ID);
    expect(wait).toMatchObject({ taskToken: 'token-3' });
    expect(wait).not.toHaveProperty('deadline');
  });

  test.each(['PaymentRequestRefused', 'TypeError'])('is a person’s task at once after a defect: %s', async (error) => {
    await awaitRecovery(fakes.deps, request('VoidPayment', error));
    expect(await types()).toContain('TaskOpened');
  });

  test('that a person has settled goes on at once, and is nobody’s task any more', async () => {
    await append({
      type: 'TaskResolved',
      data: { ...EVENTS.resolved.data, resolution: 'written_off' },
    });
    fakes.situation.now += 90_000_000;
    await awaitRecovery(fakes.deps, request('VoidPayment', 'PaymentRequestRefused'));
    expect(await types()).not.toContain('TaskOpened');
    expect(fakes.released).toMatchObject([{ step: 'VoidPayment' }]);
  });

  test('waits together with others, each for its own partner, with one token', async () => {
    await awaitRecovery(fakes.deps, {
      ...request('VoidPayment'),
      failures: [
        { step: 'CancelShipment', error: 'CircuitOpen' },
        { step: 'ReleaseInventory', error: 'DependencyUnavailable' },
      ],
    });
    expect((await fakes.deps.waits.find(ORDER_ID)).map(({ partner, taskToken }) => [partner, taskToken])).toEqual([
      ['carrier', 'token-1'],
      ['platform', 'token-1'],
    ]);
    expect(fakes.rounds.map(({ partner }) => partner)).toEqual(['carrier', 'platform']);
  });
});
