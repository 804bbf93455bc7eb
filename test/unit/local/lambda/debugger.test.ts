import inspector, { type NodeWorker, Session } from 'node:inspector/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { functionsOnDisk } from './functions-on-disk.ts';

const TIMEOUT_MS = 1_000;

test('a debugger stops in a function for longer than its time limit, and the function goes on when the debugger lets it', async () => {
  inspector.open(0, '127.0.0.1');
  const session = new Session();
  session.connect();
  const tell = (sessionId: string, method: string) =>
    session.post('NodeWorker.sendMessageToWorker', { sessionId, message: JSON.stringify({ id: 1, method }) });
  let wentOnAfterMs = 0;
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => void tell(sessionId, 'Debugger.enable'));
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) => void goOnLater(params));
  const goOnLater = async ({ sessionId, message }: NodeWorker.ReceivedMessageFromWorkerEventDataType) => {
    if (!message.includes('"Debugger.paused"')) return;
    wentOnAfterMs = TIMEOUT_MS + 200;
    await sleep(wentOnAfterMs);
    await tell(sessionId, 'Debugger.resume');
  };
  try {
    await using functions = await functionsOnDisk(new VirtualClock());
    await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    await functions.define('held', 'export const handler = async (event) => { debugger; return event; };', {
      timeoutMs: TIMEOUT_MS,
    });
    expect((await functions.call('held', 'an event')).answer).toBe('an event');
    expect(wentOnAfterMs).toBeGreaterThan(TIMEOUT_MS);
  } finally {
    session.disconnect();
    inspector.close();
  }
});
