import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { pass } from '../sqs/time.ts';
import { functionsOnDisk } from './functions-on-disk.ts';

/** Answers which worker ran it, after `event` milliseconds. */
const whoAmI = `
  import { threadId } from 'node:worker_threads';
  export const handler = async (ms) => { await new Promise((resolve) => setTimeout(resolve, ms)); return threadId; };`;

const workersOf = (calls: readonly { answer: unknown }[]): number => new Set(calls.map(({ answer }) => answer)).size;

describe('the workers of a function', () => {
  test('run one invocation at a time each, and grow up to the cap', async () => {
    await using functions = await functionsOnDisk(new VirtualClock(), {
      workersPerFunction: 2,
      hasIdleCpu: () => true,
    });
    await functions.define('who', whoAmI);
    const calls = await Promise.all([1_000, 1_000, 0, 0].map((ms) => functions.call('who', ms)));
    expect(workersOf(calls)).toBe(2);
  });

  test('are reused rather than added to when invocations are short', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('who', whoAmI);
    await functions.call('who', 0);
    const calls = await Promise.all([0, 0, 0].map((ms) => functions.call('who', ms)));
    expect(workersOf(calls)).toBe(1);
  });

  test('are not added to while the processors are busy', async () => {
    await using functions = await functionsOnDisk(new VirtualClock(), { hasIdleCpu: () => false });
    await functions.define('who', whoAmI);
    await functions.call('who', 0);
    const calls = await Promise.all([700, 0].map((ms) => functions.call('who', ms)));
    expect(workersOf(calls)).toBe(1);
  });

  test('are added to even then, rather than let an invocation wait for one that is stuck', async () => {
    await using functions = await functionsOnDisk(new VirtualClock(), { hasIdleCpu: () => false });
    await functions.define('who', whoAmI);
    await functions.call('who', 0);
    const calls = await Promise.all([5_000, 0].map((ms) => functions.call('who', ms)));
    expect(workersOf(calls)).toBe(2);
  });

  test('serve what queues first come first served', async () => {
    await using functions = await functionsOnDisk(new VirtualClock(), { workersPerFunction: 1 });
    await functions.define('echo', 'export const handler = async (event) => event;');
    const order: unknown[] = [];
    await Promise.all([1, 2, 3, 4].map(async (n) => order.push((await functions.call('echo', n)).answer)));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  test('refuse an invocation beyond the reserved concurrency, and take the next one when there is room', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('who', whoAmI, { reservedConcurrency: 1 });
    const running = functions.call('who', 50);
    await expect(functions.call('who', 0)).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
    await running;
    expect((await functions.call('who', 0)).failed).toBe(false);
  });

  test('refuse everything at a reserved concurrency of 0', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('off', whoAmI, { reservedConcurrency: 0 });
    await expect(functions.call('off', 0)).rejects.toMatchObject({ code: 'TooManyRequestsException' });
  });

  test('shrink to one when they have been idle for five minutes', async () => {
    const clock = new VirtualClock();
    await using functions = await functionsOnDisk(clock, { workersPerFunction: 2, hasIdleCpu: () => true });
    await functions.define('who', whoAmI);
    const before = await Promise.all([functions.call('who', 1_000), functions.call('who', 1_000)]);
    expect(workersOf(before)).toBe(2);
    await pass(clock, 5 * 60_000);
    const after = [];
    for (let i = 0; i < 3; i += 1) after.push(await functions.call('who', 0));
    expect(workersOf(after)).toBe(1);
    expect(before.map(({ answer }) => answer)).toContain(after[0]?.answer);
  });

  test('end within a second when the service closes, and what ran or queued fails', async () => {
    await using functions = await functionsOnDisk(new VirtualClock(), { workersPerFunction: 1 });
    await functions.define('stuck', 'export const handler = async (event) => { if (event !== "start") for (;;); };');
    await functions.call('stuck', 'start');
    const running = functions.call('stuck');
    const queued = functions.call('stuck');
    const refused = expect(queued).rejects.toMatchObject({ code: 'ServiceException' });
    const closeStartedAt = performance.now();
    await functions.lambda.close();
    expect(performance.now() - closeStartedAt).toBeLessThan(1_000);
    await refused;
    expect(await running).toMatchObject({ failed: true, answer: { errorType: 'Runtime.ExitError' } });
    await expect(functions.call('stuck')).rejects.toMatchObject({ code: 'ServiceException' });
  });
});
