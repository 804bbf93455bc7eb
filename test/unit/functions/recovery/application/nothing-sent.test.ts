import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent, SagaStep } from '../../../../../functions/published/order-events.ts';
import { type AwaitRequest, awaitRecovery } from '../../../../../functions/recovery/application/await-recovery.ts';
import { created, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';
import { recoveryFakes } from '../../../../support/recovery/recovery-fakes.ts';

let fakes: ReturnType<typeof recoveryFakes>;
beforeEach(async () => {
  fakes = recoveryFakes();
  await fakes.deps.log.append(ORDER_ID, 0, [newEvent(created())]);
});

const cancellation: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'created' },
};

describe('A forward step of which nothing was sent', () => {
  const tried = (
    retries: number | undefined,
    error = 'CircuitOpen',
    step: SagaStep = 'AuthorisePayment',
  ): AwaitRequest => ({ orderId: ORDER_ID, taskToken: 'token-1', failures: [{ step, error, retries }] });
  const givenUp = async (last: AwaitRequest, ...before: readonly AwaitRequest[]) => {
    for (const earlier of before) {
      await awaitRecovery(fakes.deps, earlier);
      for (const wait of await fakes.deps.waits.find(ORDER_ID)) await fakes.deps.waits.release(wait, START);
    }
    fakes.situation.now = START + 90_000_000;
    return awaitRecovery(fakes.deps, last).catch((error: Error) => error.name);
  };

  test.each([
    [[tried(0)]],
    [[tried(0), tried(0, 'NoHealthyInstance'), tried(0)]],
    [[tried(0, 'CircuitOpen', 'CreateShipment')]],
  ])('is given up with nothing to undo when each of its calls was refused before it was sent', async (requests) => {
    expect(await givenUp(requests.at(-1)!, ...requests.slice(0, -1))).toBe('NothingSent');
  });

  test.each([
    ['was tried before the refusal', [tried(1)]],
    ['does not say how often it was tried', [tried(undefined)]],
    ['had no answer', [tried(0, 'PaymentGatewayUnavailable')]],
    ['had no answer before an earlier wait', [tried(0, 'PaymentGatewayUnavailable'), tried(0)]],
    ['was tried again before an earlier wait', [tried(0), tried(2), tried(0)]],
    ['waited for a change of the order, which it may have met only afterwards', [tried(0, 'OrderChanged'), tried(0)]],
  ])('is not one that %s', async (_, requests) => {
    expect(await givenUp(requests.at(-1)!, ...requests.slice(0, -1))).toBe('PaymentWindowClosed');
  });

  test('is given up at once when its order is to be cancelled', async () => {
    await fakes.deps.log.append(ORDER_ID, 1, [newEvent(cancellation)]);
    await expect(awaitRecovery(fakes.deps, tried(0))).rejects.toMatchObject({ name: 'NothingSent' });
    await awaitRecovery(fakes.deps, tried(1));
    expect(fakes.released).toHaveLength(1);
  });
});
