import { afterEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, never, RESOURCE, StoreFile, task } from './engine.ts';

// Jest fails a test in which a rejection goes unhandled; this is the time for it to turn up.
afterEach(
  () =>
    new Promise<void>((resolve) => {
      setImmediate(resolve);
    }),
);

/** Tasks that a test ends by hand, by their argument. */
function heldTasks() {
  const ends = new Map<Json, { readonly resolve: (value: Json) => void; readonly reject: (error: unknown) => void }>();
  const engine = new Engine({
    task: (name) =>
      new Promise<Json>((resolve, reject) => {
        ends.set(name, { resolve, reject });
      }),
  });
  return { engine, ends };
}
const branch = (name: string, fields: JsonObject = {}): JsonObject => ({
  StartAt: name,
  States: { [name]: task({ Arguments: name, ...fields }) },
});

describe('work whose caller has stopped waiting', () => {
  const ways: [string, (held: ReturnType<typeof heldTasks>, arn: string) => unknown][] = [
    ['its timeout', ({ engine }) => engine.clock.advance(5_000)],
    ['a stop', ({ engine }, arn) => engine.call('StopExecution', { executionArn: arn })],
    ['the end of the engine', ({ engine }) => engine.service.close()],
  ];
  test.each(ways)('may fail after %s: that writes nothing and disturbs nobody', async (_what, giveUp) => {
    const held = heldTasks();
    held.engine.define({ Step: task({ Arguments: 'step', TimeoutSeconds: 5 }) });
    const arn = await held.engine.start();
    await held.engine.settle();
    await giveUp(held, arn);
    await held.engine.settle();
    const before = await held.engine.history(arn);
    held.ends.get('step')!.reject(new TaskFailure('Late', ''));
    await held.engine.settle();
    expect(await held.engine.history(arn)).toEqual(before);
  });

  test('leaves no timer when the task stops its own execution before it even returns', async () => {
    const engine: Engine = new Engine({
      task: (_args, { executionArn }) => {
        void engine.call('StopExecution', { executionArn });
        return never();
      },
    });
    engine.define({ Step: task({ TimeoutSeconds: 5 }) });
    expect(await engine.ended(await engine.start())).toEqual({ status: 'ABORTED' });
    expect(engine.clock.advanceToNext()).toBe(false);
  });
});

describe('a branch that is given up with its state', () => {
  const both = (right: JsonObject): JsonObject => ({
    Both: {
      Type: 'Parallel',
      Branches: [branch('Left'), right],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sleep' }],
      End: true,
    },
    Sleep: { Type: 'Wait', Seconds: 10, End: true },
  });

  test.each<
    [string, (end: { readonly resolve: (value: Json) => void; readonly reject: (error: unknown) => void }) => void]
  >([
    ['answers', ({ resolve }) => resolve('late')],
    ['fails', ({ reject }) => reject(new TaskFailure('Late', ''))],
  ])('writes no history when its task %s later, and keeps no timer', async (_what, endLate) => {
    const { engine, ends } = heldTasks();
    engine.define(both(branch('Right', { TimeoutSeconds: 3_600, Retry: [{ ErrorEquals: ['States.ALL'] }] })));
    const arn = await engine.start();
    await engine.settle();
    ends.get('Left')!.reject(new TaskFailure('Broken', ''));
    await engine.settle();
    endLate(ends.get('Right')!);
    const start = engine.clock.now();
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { Error: 'Broken', Cause: '' } });
    expect(engine.secondsSince(start)).toBe(10);
    expect(engine.clock.advanceToNext()).toBe(false);
    const types = await engine.historyTypes(arn);
    expect(types.slice(types.indexOf('ParallelStateFailed'))).toEqual([
      'ParallelStateFailed',
      'ParallelStateExited',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('is not retried when it was waiting for that', async () => {
    const calls: Json[] = [];
    const engine = new Engine({
      task: async (name) => {
        calls.push(name);
        throw new TaskFailure(name === 'Left' ? 'Broken' : 'Busy', '');
      },
    });
    const left = {
      StartAt: 'Before',
      States: { Before: { Type: 'Wait', Seconds: 1, Next: 'Left' }, Left: task({ Arguments: 'Left' }) },
    };
    const right = branch('Right', { Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 5 }] });
    engine.define({
      Both: {
        Type: 'Parallel',
        Branches: [left, right],
        Catch: [{ ErrorEquals: ['Broken'], Next: 'Sleep' }],
        End: true,
      },
      Sleep: { Type: 'Wait', Seconds: 60, End: true },
    });
    expect(await engine.ended(await engine.start())).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls).toEqual(['Right', 'Left']);
  });

  test('refuses its token, while the execution goes on', async () => {
    const { engine, ends } = heldTasks();
    const waiting = {
      StartAt: 'Ask',
      States: {
        Ask: task({
          Resource: `${RESOURCE}.waitForTaskToken`,
          Arguments: { token: '{% $states.context.Task.Token %}' },
        }),
      },
    };
    engine.define(both({ StartAt: 'Inner', States: { Inner: { Type: 'Parallel', Branches: [waiting], End: true } } }));
    const arn = await engine.start();
    await engine.settle();
    const { token } = [...ends.keys()].find((args) => typeof args === 'object') as { token: string };
    await engine.call('SendTaskHeartbeat', { taskToken: token });
    ends.get('Left')!.reject(new TaskFailure('Broken', ''));
    await engine.settle();
    await expect(engine.call('SendTaskSuccess', { taskToken: token, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
    expect(await engine.call('DescribeExecution', { executionArn: arn })).toMatchObject({ status: 'RUNNING' });
  });
});

test('an integration that throws at once fails its state, as one that rejects does', async () => {
  const engine = new Engine({
    task: () => {
      throw new TypeError('oops');
    },
  });
  expect(await engine.run({ Step: task() })).toEqual({ status: 'FAILED', error: 'States.Runtime', cause: 'oops' });
});

test('an integration that rejects with something that is no error fails its state as States.Runtime, which nothing catches', async () => {
  // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- that is the case
  const engine = new Engine({ task: () => Promise.reject('down') });
  const states = {
    Step: task({ Retry: [{ ErrorEquals: ['States.ALL'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
    Caught: { Type: 'Succeed' },
  };
  expect(await engine.run(states)).toEqual({ status: 'FAILED', error: 'States.Runtime', cause: 'down' });
});

test('a branch that waits for its token when the engine closes gets another one from the next', async () => {
  const file = new StoreFile();
  try {
    const tokens: string[] = [];
    const ask = async (token: Json): Promise<Json> => {
      tokens.push(token as string);
      return null;
    };
    const first = new Engine({ store: file.open(), task: ask });
    const waiting = branch('Ask', {
      Resource: `${RESOURCE}.waitForTaskToken`,
      Arguments: '{% $states.context.Task.Token %}',
    });
    first.define({ Both: { Type: 'Parallel', Branches: [waiting], End: true } });
    const arn = await first.start();
    await first.settle();
    first.service.close();
    await first.settle();
    const second = file.restarted(first, { task: ask });
    for (let id = 0; id < 10; id += 1) second.context.newId();
    second.service.resume();
    await second.settle();
    await expect(second.call('SendTaskSuccess', { taskToken: tokens[0]!, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
    await second.call('SendTaskSuccess', { taskToken: tokens[1]!, output: '2' });
    expect(await second.ended(arn)).toEqual({ status: 'SUCCEEDED', output: [2] });
  } finally {
    file.remove();
  }
});
