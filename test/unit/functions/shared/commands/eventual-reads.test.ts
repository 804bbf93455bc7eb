import { describe, expect, test } from 'vitest';
import { type CommandEnvelope, dispatch } from '../../../../../functions/orders/application/command-bus.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../../support/fakes/in-memory-snapshots.ts';
import { laggingLog } from '../../../../support/fakes/lagging-log.ts';
import { COMMAND_ID, NOW, ship } from '../../../../support/orders/dispatched-orders.ts';
import { commandOf, PAIRS, STREAMS } from '../../../../support/orders/lifecycle.ts';
import { HAPPY_PATH, newEvent, ORDER_ID } from '../../../../support/orders/streams.ts';

async function streamed(events: (typeof STREAMS)[keyof typeof STREAMS]) {
  const log = new InMemoryOrderLog();
  await log.append(
    ORDER_ID,
    0,
    events.map((event, index) => newEvent(event, index)),
  );
  /** Dispatches where an eventual read misses the last events. */
  const send = (missing: number, over: Partial<CommandEnvelope> = {}) =>
    dispatch(
      { log: laggingLog(log, missing), snapshots: new InMemorySnapshots(), now: () => NOW },
      { id: COMMAND_ID, command: ship, causationId: 'r', actor: { type: 'operator', id: 'O-1' }, ...over },
    );
  return { log, send };
}

/** How the command ends, and the stream that it leaves. */
async function endOf(events: Parameters<typeof streamed>[0], ...sent: Parameters<Send>) {
  const { log, send } = await streamed(events);
  return { answer: await send(...sent), stream: await log.read(ORDER_ID) };
}
type Send = Awaited<ReturnType<typeof streamed>>['send'];

describe('A command whose first read misses the last events', () => {
  test.each(PAIRS)('$command of an order that is $status ends as if it had seen them', async ({ command, status }) => {
    const over = { command: commandOf(command) };
    const expected = await endOf(STREAMS[status], 0, over);
    for (const missing of [1, 2, 9]) expect(await endOf(STREAMS[status], missing, over)).toEqual(expected);
  });

  test('compares the version that its caller expects with the newest one', async () => {
    for (const expectedVersion of [4, 5, 6, 7]) {
      const expected = await endOf(HAPPY_PATH, 0, { expectedVersion });
      expect(expected.answer.ok).toBe(expectedVersion === 6);
      expect(await endOf(HAPPY_PATH, 1, { expectedVersion })).toEqual(expected);
    }
  });

  test('is recognised when it was carried out before', async () => {
    const { log, send } = await streamed(HAPPY_PATH);
    const first = await send(1);
    expect(await send(1)).toEqual(first);
    expect(await log.read(ORDER_ID)).toHaveLength(8);
  });
});
