import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent, SagaStep } from '../../../../../functions/published/order-events.ts';
import { wakeOrder } from '../../../../../functions/recovery/application/wake-order.ts';
import { EVENTS, ORDER_ID, START } from '../../../../support/orders/streams.ts';
import { recoveryFakes } from '../../../../support/recovery/recovery-fakes.ts';

let fakes: ReturnType<typeof recoveryFakes>;
beforeEach(() => {
  fakes = recoveryFakes();
});

const { taskId } = EVENTS.opened.data;
const resumed: OrderEvent = { type: 'TaskResumed', data: { taskId, kind: 'compensation', step: 'VoidPayment' } };
const EVENTS_THAT_WAKE: Readonly<Record<string, OrderEvent>> = {
  CancellationRequested: { type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } },
  OrderCancelled: EVENTS.cancelled,
  ItemsChangeRefused: { type: 'ItemsChangeRefused', data: { changeId: 'c', reason: 'not_possible' } },
  TaskResumed: resumed,
  TaskResolved: EVENTS.resolved,
};
const wake = (event: OrderEvent) => wakeOrder(fakes.deps, ORDER_ID, event);

const waits = (step: SagaStep, error: string, taskToken: string, nothingSent = false) =>
  fakes.deps.waits.put({
    nothingSent,
    orderId: ORDER_ID,
    step,
    partner: 'payment-gateway',
    kind: 'forward',
    error,
    since: START,
    readyAt: START,
    heldBy: 'circuit',
    returns: 0,
    taskToken,
  });

describe('An order that waits', () => {
  test.each([
    ['CancellationRequested', ['payment', 'capture']],
    ['OrderCancelled', ['payment', 'capture']],
    ['ItemsChangeRefused', ['capture']],
    ['TaskResumed', ['void']],
    ['TaskResolved', ['void']],
  ] as const)('goes on with the steps that %s concerns', async (name, expected) => {
    await waits('AuthorisePayment', 'CircuitOpen', 'payment');
    await waits('CapturePayment', 'OrderChanged', 'capture');
    await waits('VoidPayment', 'CircuitOpen', 'void');
    await wake(EVENTS_THAT_WAKE[name]!);
    expect(fakes.answers.map(([token]) => token).sort()).toEqual([...expected].sort());
    expect(fakes.repaired).toEqual([]);
  });

  test('is given up at once when it is cancelled and the step that waits has sent nothing', async () => {
    await waits('AuthorisePayment', 'CircuitOpen', 'payment', true);
    await waits('CapturePayment', 'CircuitOpen', 'capture');
    await wake(EVENTS_THAT_WAKE['CancellationRequested']!);
    expect(fakes.answers).toEqual([
      ['payment', 'NothingSent'],
      ['capture', 'succeeded'],
    ]);
  });

  test('goes on when its change is answered, although it has sent nothing', async () => {
    await waits('AuthorisePayment', 'OrderChanged', 'payment', true);
    await wake(EVENTS_THAT_WAKE['ItemsChangeRefused']!);
    expect(fakes.answers).toEqual([['payment', 'succeeded']]);
  });

  test('goes on once with a token that several steps share', async () => {
    await waits('VoidPayment', 'CircuitOpen', 'shared');
    await waits('CancelShipment', 'CircuitOpen', 'shared');
    await wake(resumed);
    expect(fakes.answers).toEqual([['shared', 'succeeded']]);
    expect((await fakes.deps.waits.find(ORDER_ID)).map(({ taskToken }) => taskToken)).toEqual([undefined, undefined]);
  });
});

describe('A task that a person resumes', () => {
  test('is done by a new execution when none waits for it', async () => {
    await wake(resumed);
    expect(fakes.repaired).toEqual([ORDER_ID]);
  });

  test('is done by a new execution when its token is lost', async () => {
    await waits('VoidPayment', 'CircuitOpen', 'lost');
    fakes.lost.add('lost');
    await wake(resumed);
    expect(fakes.repaired).toEqual([ORDER_ID]);
  });

  test('is left to the execution that waits for it', async () => {
    await waits('VoidPayment', 'CircuitOpen', 'token');
    await wake(resumed);
    expect(fakes.repaired).toEqual([]);
  });

  test('is the only event that has an order repaired', async () => {
    for (const event of Object.values(EVENTS_THAT_WAKE).filter(({ type }) => type !== 'TaskResumed')) await wake(event);
    expect(fakes.repaired).toEqual([]);
  });
});
