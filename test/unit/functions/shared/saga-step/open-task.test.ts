import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent, TaskOpened } from '../../../../../functions/published/order-events.ts';
import { openTask } from '../../../../../functions/shared/saga-step/open-task.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { created, EVENTS, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';

let log: InMemoryOrderLog;
beforeEach(async () => {
  log = new InMemoryOrderLog();
  await append(created());
});
const append = async (...events: readonly OrderEvent[]) => {
  const { length } = await log.read(ORDER_ID);
  await log.append(
    ORDER_ID,
    length,
    events.map((event, index) => newEvent(event, length + index)),
  );
};
const open = async (about: Pick<TaskOpened['data'], 'kind' | 'step'>) => {
  await openTask({ log, now: () => START }, { orderId: ORDER_ID, ...about, dueAt: START + 1_000 }, 'AwaitRecovery');
  return (await log.read(ORDER_ID)).filter(({ type }) => type === 'TaskOpened').length;
};
const ofVoid = { kind: 'compensation', step: 'VoidPayment' } as const;

describe('A task for a person is opened', () => {
  test('once while it is open, and again when it was completed', async () => {
    expect([await open(ofVoid), await open(ofVoid)]).toEqual([1, 1]);
    await append({ ...EVENTS.resolved, data: { ...EVENTS.resolved.data, resolution: 'completed' } });
    expect(await open(ofVoid)).toBe(2);
  });

  test.each(['done_outside', 'written_off'] as const)(
    'not for what a person has settled while an attempt was under way: %s',
    async (resolution) => {
      await open(ofVoid);
      await append({ ...EVENTS.resolved, data: { ...EVENTS.resolved.data, resolution } });
      expect(await open(ofVoid)).toBe(1);
      expect(await open({ kind: 'compensation', step: 'CancelShipment' })).toBe(2);
    },
  );

  test('for an order that is stuck once more, although a person has settled it before', async () => {
    await open({ kind: 'stuck' });
    const [, opened] = await log.read(ORDER_ID);
    const { taskId } = (opened as TaskOpened).data;
    await append({ type: 'TaskResolved', data: { taskId, kind: 'stuck', resolution: 'done_outside' } });
    expect(await open({ kind: 'stuck' })).toBe(2);
  });
});
