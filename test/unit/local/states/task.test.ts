import { describe, expect, test } from 'vitest';
import { AwsError, type Json } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, failing, never, ROLE, task } from './engine.ts';

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
    const generators = { newId: expect.any(Function), now: expect.any(Function), random: expect.any(Function) };
    expect(calls).toEqual([[{ n: 1 }, { executionArn: arn, stateName: 'Step', roleArn: ROLE, generators }]]);
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
    expect(await engine.run(states)).toEqual({
      status: 'SUCCEEDED',
      output: {
        Error: 'States.DataLimitExceeded',
        Cause:
          "The state/task 'lambda' returned a result with a size exceeding the maximum number of bytes service limit.",
      },
    });
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
