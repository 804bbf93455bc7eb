import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { pass } from '../sqs/time.ts';
import { functionsOnDisk } from './functions-on-disk.ts';
import { Gate, HELD } from './gate.ts';

/** Answers which worker ran it, an event `held` not before the test lets it go. */
const whoAmI = `
  import { threadId } from 'node:worker_threads';
  ${HELD}
  export const handler = async (event) => {
    if (event === 'held') await held();
    return threadId;
  };`;

const workersOf = (calls: readonly { answer: unknown }[]): number => new Set(calls.map(({ answer }) => answer)).size;

/** As long as no worker may become free before it is taken to be stuck. */
const STUCK_AFTER_MS = 150;
/** As long as a queue may stand still while the processors are busy. */
const LONG_WAIT_MS = 500;
/** As long as an invocation waits for busy processors. */
const LONGEST_WAIT_MS = 2_000;

describe('the workers of a function', () => {
  test('run one invocation at a time each, and grow up to the cap', async () => {
    const clock = new VirtualClock();
    using gate = new Gate();
    await using functions = await functionsOnDisk(clock, { workersPerFunction: 2, hasIdleCpu: () => true });
    await functions.define('who', whoAmI);
    const calls = ['held', 'held', 'free', 'free'].map((event) => functions.call('who', event));
    await gate.untilHeld(1);
    clock.advance(STUCK_AFTER_MS);
    await gate.untilHeld(2);
    clock.advance(LONGEST_WAIT_MS);
    gate.open();
    expect(workersOf(await Promise.all(calls))).toBe(2);
  });

  test('are reused rather than added to when invocations are short', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('who', whoAmI);
    await functions.call('who');
    const calls = await Promise.all([1, 2, 3].map(() => functions.call('who')));
    expect(workersOf(calls)).toBe(1);
  });

  test('are not added to while the processors are busy', async () => {
    const clock = new VirtualClock();
    using gate = new Gate();
    await using functions = await functionsOnDisk(clock, { hasIdleCpu: () => false });
    await functions.define('who', whoAmI);
    const calls = ['held', 'free'].map((event) => functions.call('who', event));
    await gate.untilHeld(1);
    clock.advance(LONGEST_WAIT_MS - 1);
    gate.open();
    expect(workersOf(await Promise.all(calls))).toBe(1);
  });

  test('are added to even then, rather than let an invocation wait for one that is stuck', async () => {
    const clock = new VirtualClock();
    using gate = new Gate();
    await using functions = await functionsOnDisk(clock, { hasIdleCpu: () => false });
    await functions.define('who', whoAmI);
    const [stuck, waiting] = ['held', 'free'].map((event) => functions.call('who', event));
    await gate.untilHeld(1);
    clock.advance(LONGEST_WAIT_MS);
    const second = await waiting!;
    gate.open();
    expect(workersOf([await stuck!, second])).toBe(2);
  });

  test('are not added to while the processors are busy and the queue moves, however long an invocation has waited', async () => {
    const clock = new VirtualClock();
    using gate = new Gate();
    let starts = 0;
    const credentialsFor = () => {
      starts += 1;
      return { accessKeyId: 'KEY', secretAccessKey: 'secret' };
    };
    await using functions = await functionsOnDisk(clock, {
      hasIdleCpu: () => false,
      iam: { addFunction: () => {}, authoriseFunction: () => {}, credentialsFor },
    });
    await functions.define('who', whoAmI);
    const calls = ['held', 'held', 'free'].map((event) => functions.call('who', event));
    await gate.untilHeld(1);
    clock.advance(LONGEST_WAIT_MS - 1);
    gate.open();
    await calls[0];
    clock.advance(LONG_WAIT_MS - 1);
    expect(starts).toBe(1);
    clock.advance(1);
    expect(starts).toBe(2);
    await gate.untilHeld(2);
    gate.open();
    await Promise.all(calls);
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
    using gate = new Gate();
    const running = functions.call('who', 'held');
    await gate.untilHeld(1);
    await expect(functions.call('who')).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
    gate.open();
    await running;
    expect((await functions.call('who')).failed).toBe(false);
  });

  test('refuse everything at a reserved concurrency of 0', async () => {
    await using functions = await functionsOnDisk(new VirtualClock());
    await functions.define('off', whoAmI, { reservedConcurrency: 0 });
    await expect(functions.call('off')).rejects.toMatchObject({ code: 'TooManyRequestsException' });
  });

  test('end after some idle seconds, but for one of them', async () => {
    const clock = new VirtualClock();
    await using functions = await functionsOnDisk(clock, { workersPerFunction: 2, hasIdleCpu: () => true });
    await functions.define('who', whoAmI);
    const twoAtOnce = async () => {
      using gate = new Gate();
      const calls = [functions.call('who', 'held'), functions.call('who', 'held')];
      await gate.untilHeld(1);
      clock.advance(STUCK_AFTER_MS);
      await gate.untilHeld(2);
      gate.open();
      return Promise.all(calls);
    };
    const before = await twoAtOnce();
    for (let count = 0; count < 3; count += 1) before.push(await functions.call('who'));
    await pass(clock, 20_000);
    const after = await twoAtOnce();
    expect(workersOf(after)).toBe(2);
    expect(workersOf([...before, ...after])).toBe(3);
  });

  test('end after some idle seconds when they have had little to do, as those of a function that runs once a minute', async () => {
    const clock = new VirtualClock();
    await using functions = await functionsOnDisk(clock);
    await functions.define('who', whoAmI);
    const each = [];
    for (let minute = 0; minute < 3; minute += 1) {
      each.push(await functions.call('who'));
      await pass(clock, 60_000);
    }
    expect(workersOf(each)).toBe(3);
    const [, , third] = [await functions.call('who'), await functions.call('who'), await functions.call('who')];
    await pass(clock, 60_000);
    expect(workersOf([third, await functions.call('who')])).toBe(1);
  });

  test('end when they have been idle for five minutes, and start again when they are called', async () => {
    const clock = new VirtualClock();
    using gate = new Gate();
    await using functions = await functionsOnDisk(clock, { workersPerFunction: 2, hasIdleCpu: () => true });
    await functions.define('who', whoAmI);
    const calls = [functions.call('who', 'held'), functions.call('who', 'held')];
    await gate.untilHeld(1);
    clock.advance(STUCK_AFTER_MS);
    await gate.untilHeld(2);
    gate.open();
    const before = await Promise.all(calls);
    expect(workersOf(before)).toBe(2);
    for (let count = 0; count < 3; count += 1) before.push(await functions.call('who'));
    await pass(clock, 4 * 60_000);
    const still = await functions.call('who');
    expect(workersOf([...before, still])).toBe(2);
    await pass(clock, 4 * 60_000);
    expect(workersOf([still, await functions.call('who')])).toBe(1);
    await pass(clock, 10 * 60_000);
    const after = [await functions.call('who'), await functions.call('who')];
    expect(workersOf(after)).toBe(1);
    expect(workersOf([...before, ...after])).toBe(3);
  });

  test('end when the service closes, and what ran or queued fails', async () => {
    await using functions = await functionsOnDisk(new VirtualClock(), { workersPerFunction: 1 });
    await functions.define('stuck', 'export const handler = async (event) => { if (event !== "start") for (;;); };', {
      timeoutMs: 900_000,
    });
    await functions.call('stuck', 'start');
    const running = functions.call('stuck');
    const queued = functions.call('stuck');
    const refused = expect(queued).rejects.toMatchObject({ code: 'ServiceException' });
    await functions.lambda.close();
    await refused;
    expect(await running).toMatchObject({ failed: true, answer: { errorType: 'Runtime.ExitError' } });
    await expect(functions.call('stuck')).rejects.toMatchObject({ code: 'ServiceException' });
  });
});
