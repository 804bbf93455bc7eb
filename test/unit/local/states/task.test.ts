import { describe, expect, test } from '@jest/globals';
import { AwsError, type Json } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, failing, never, RESOURCE, ROLE, task } from './engine.ts';

const WAITING = { Resource: `${RESOURCE}.waitForTaskToken`, Arguments: '{% $states.context.Task.Token %}' };

describe('Task', () => {
  test('passes its Arguments on and answers with the result', async () => {
    const calls: unknown[] = [];
    const engine = new Engine({
      task: async (args, context) => {
        calls.push([args, context]);
        return { answer: 42 };
      },
    });
    engine.define({ Step: task({ Arguments: { n: '{% $states.input.n %}' } }) });
    const arn = await engine.start({ n: 1 });
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { answer: 42 } });
    expect(calls).toEqual([[{ n: 1 }, { executionArn: arn, stateName: 'Step', roleArn: ROLE }]]);
  });

  test('gets the input of its state without Arguments', async () => {
    const engine = new Engine({ task: async (args) => ({ got: args }) });
    expect(await engine.run({ Step: task() }, { n: 1 })).toMatchObject({ output: { got: { n: 1 } } });
  });

  test('assigns and outputs from $states.result', async () => {
    const engine = new Engine({ task: async () => ({ version: 7 }) });
    expect(
      await engine.run(
        {
          Step: task({
            Assign: { version: '{% $states.result.version %}' },
            Output: '{% $states.input %}',
            Next: 'Tell',
          }),
          Tell: { Type: 'Pass', Output: ['{% $states.input.a %}', '{% $version %}'], End: true },
        },
        { a: 1 },
      ),
    ).toMatchObject({ output: [1, 7] });
  });

  test.each([
    ['a number', 5],
    ['an expression', '{% $states.input.limit %}'],
  ])('is timed out after TimeoutSeconds given as %s', async (_what, TimeoutSeconds) => {
    const engine = new Engine({ task: never });
    const start = engine.clock.now();
    engine.define({ Step: task({ TimeoutSeconds }) });
    const arn = await engine.start({ limit: 5 });
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(engine.secondsSince(start)).toBe(5);
    expect(await engine.historyTypes(arn)).toContain('TaskTimedOut');
  });

  test('is not timed out when it answers in time, and leaves no timer behind', async () => {
    const engine = new Engine();
    await engine.run({ Step: task({ TimeoutSeconds: 5 }) });
    expect(engine.clock.advanceToNext()).toBe(false);
  });

  test('cannot come back when it answers after its timeout', async () => {
    let answer: (value: Json) => void = () => {};
    let calls = 0;
    const engine: Engine = new Engine({
      task: () => {
        calls += 1;
        return calls === 1 ? new Promise<Json>((resolve) => (answer = resolve)) : Promise.resolve('second');
      },
    });
    engine.define({ Step: task({ TimeoutSeconds: 5, Retry: [{ ErrorEquals: ['States.Timeout'] }] }) });
    const arn = await engine.start();
    await engine.settle();
    engine.clock.advance(5_000);
    answer('first');
    expect(await engine.ended(arn)).toMatchObject({ output: 'second' });
  });

  test.each([0, 'soon', null])('refuses a timeout that turns out to be %j', async (limit) => {
    expect(
      await new Engine().run({ Step: task({ TimeoutSeconds: '{% $states.input.limit %}' }) }, { limit }),
    ).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  test('has the error name of what it calls', async () => {
    expect(await new Engine({ task: failing(['OutOfStock']) }).run({ Step: task() })).toEqual({
      status: 'FAILED',
      error: 'OutOfStock',
      cause: 'because of OutOfStock',
    });
  });

  test.each([
    [
      'a refusal of its role',
      new AwsError('AccessDeniedException', 'no'),
      { error: 'States.Permissions', cause: 'no' },
    ],
    [
      'a refusal of the service',
      new AwsError('ThrottlingException', 'slow'),
      { error: 'ThrottlingException', cause: 'slow' },
    ],
    ['a defect of the integration', new TypeError('oops'), { error: 'States.Runtime', cause: 'oops' }],
  ])('names %s', async (_what, thrown, ended) => {
    const engine = new Engine({ task: () => Promise.reject(thrown) });
    expect(await engine.run({ Step: task() })).toEqual({ status: 'FAILED', ...ended });
  });

  test('fails as States.DataLimitExceeded for a result of more than 256 KiB, even when its Output is small', async () => {
    const engine = new Engine({ task: async () => 'x'.repeat(262_144) });
    const states = {
      Step: task({ Output: 'small', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }),
      Caught: { Type: 'Succeed' },
    };
    expect(await engine.run(states)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('keeps as much of a cause as AWS does', async () => {
    const engine = new Engine({ task: () => Promise.reject(new TaskFailure('Verbose', 'x'.repeat(300_000))) });
    const states = {
      Step: task({ Catch: [{ ErrorEquals: ['Verbose'], Next: 'Tell' }] }),
      Tell: { Type: 'Pass', Output: '{% $length($states.input.Cause) %}', End: true },
    };
    expect(await engine.run(states)).toEqual({ status: 'SUCCEEDED', output: 32_768 });
  });

  test('is not called with Arguments that cannot be filled', async () => {
    let calls = 0;
    const engine = new Engine({
      task: async () => {
        calls += 1;
        return null;
      },
    });
    expect(await engine.run({ Step: task({ Arguments: { a: '{% $missing %}' } }) })).toMatchObject({
      error: 'States.QueryEvaluationError',
    });
    expect(calls).toBe(0);
  });
});

/** An engine whose machine waits for the token that `handed` tells. */
async function waiting(fields: Record<string, Json> = {}, answer: Json = 'sent') {
  const handed: string[] = [];
  const engine = new Engine({
    task: async (token) => {
      handed.push(token as string);
      return answer;
    },
  });
  engine.define({ Ask: task({ ...WAITING, ...fields }) });
  const arn = await engine.start();
  await engine.settle();
  return { engine, arn, handed, token: handed[0]! };
}

describe('Task that waits for its token', () => {
  test('goes on with what comes back with it, however long that takes', async () => {
    const { engine, arn, token } = await waiting();
    engine.clock.advance(90 * 24 * 3_600_000);
    await engine.settle();
    await engine.call('SendTaskSuccess', { taskToken: token, output: '{"signed":true}' });
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: { signed: true } });
    expect(await engine.historyTypes(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('fails with the error that comes back', async () => {
    const { engine, arn, token } = await waiting();
    await engine.call('SendTaskFailure', { taskToken: token, error: 'Refused', cause: 'by hand' });
    expect(await engine.ended(arn)).toEqual({ status: 'FAILED', error: 'Refused', cause: 'by hand' });
  });

  test('takes an answer that comes before the call itself has returned', async () => {
    const engine: Engine = new Engine({
      task: async (token) => {
        await engine.call('SendTaskSuccess', { taskToken: token, output: '"early"' });
        return null;
      },
    });
    expect(await engine.run({ Ask: task(WAITING) })).toEqual({ status: 'SUCCEEDED', output: 'early' });
  });

  test('is timed out with States.HeartbeatTimeout when no heartbeat comes, and lives on while they come', async () => {
    const { engine, arn, token } = await waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 1_000 });
    const start = engine.clock.now();
    for (let beat = 0; beat < 5; beat += 1) {
      engine.clock.advance(9_000);
      await engine.call('SendTaskHeartbeat', { taskToken: token });
    }
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' });
    expect(engine.secondsSince(start)).toBe(55);
  });

  test('is timed out although heartbeats come', async () => {
    const { engine, arn, token } = await waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 15 });
    engine.clock.advance(9_000);
    await engine.call('SendTaskHeartbeat', { taskToken: token });
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  test.each([
    [
      'after an answer',
      async ({ engine, token }: Awaited<ReturnType<typeof waiting>>) =>
        engine.call('SendTaskSuccess', { taskToken: token, output: '1' }),
    ],
    ['after its timeout', async ({ engine }: Awaited<ReturnType<typeof waiting>>) => engine.clock.advance(60_000)],
    [
      'after its execution was stopped',
      async ({ engine, arn }: Awaited<ReturnType<typeof waiting>>) =>
        engine.call('StopExecution', { executionArn: arn }),
    ],
  ])('refuses its token %s', async (_when, end) => {
    const asked = await waiting({ TimeoutSeconds: 60 });
    await end(asked);
    await asked.engine.settle();
    await expect(asked.engine.call('SendTaskSuccess', { taskToken: asked.token, output: '2' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  test('refuses its token once it was timed out, also while the execution goes on', async () => {
    const { engine, token } = await waiting({ TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.Timeout'] }] });
    engine.clock.advance(60_000);
    await engine.settle();
    await expect(engine.call('SendTaskSuccess', { taskToken: token, output: '1' })).rejects.toMatchObject({
      code: 'TaskTimedOut',
    });
  });

  test('takes the first of two answers', async () => {
    const { engine, arn, token } = await waiting();
    const answers = await Promise.allSettled(
      ['1', '2'].map((output) => engine.call('SendTaskSuccess', { taskToken: token, output })),
    );
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await engine.ended(arn)).toMatchObject({ output: 1 });
  });

  test('gets a token of its own for each attempt', async () => {
    const { engine, handed, token } = await waiting({ Retry: [{ ErrorEquals: ['Again'] }] });
    await engine.call('SendTaskFailure', { taskToken: token, error: 'Again' });
    await engine.settle();
    engine.clock.advance(1_000);
    await engine.settle();
    expect(new Set(handed).size).toBe(2);
  });

  test.each([
    ['SendTaskSuccess', { taskToken: 'not a token', output: '1' }, 'InvalidToken'],
    ['SendTaskSuccess', { output: '{' }, 'InvalidOutput'],
    ['SendTaskSuccess', {}, 'ValidationException'],
    ['SendTaskHeartbeat', { taskToken: 'unknown' }, 'TaskTimedOut'],
  ])('%s refuses %j with %s', async (operation, input, code) => {
    const { engine, token } = await waiting();
    await expect(engine.call(operation, { taskToken: token, ...input })).rejects.toMatchObject({ code });
  });
});
