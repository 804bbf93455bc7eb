import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, failing, task } from './engine.ts';

/** Runs a task and tells after how many seconds each attempt began. */
async function attempts(errors: readonly string[], fields: JsonObject, random = () => 0.5) {
  const times: number[] = [];
  const fail = failing(errors);
  const engine: Engine = new Engine({
    random,
    task: (args, context) => {
      times.push(engine.secondsSince(start));
      return fail(args, context);
    },
  });
  const start = engine.clock.now();
  const goesOn = 'Next' in fields || 'Catch' in fields;
  const ended = await engine.run({ Step: task(fields), ...(goesOn ? { Caught: { Type: 'Pass', End: true } } : {}) });
  return { times, ended, transitions: engine.context.meter.of('states.transitions', 'machine') };
}

const thrice = ['Busy', 'Busy', 'Busy'];

describe('Retry', () => {
  test('waits 1, 2 and 4 seconds and gives up after three when it says nothing', async () => {
    expect(await attempts([...thrice, 'Busy'], { Retry: [{ ErrorEquals: ['Busy'] }] })).toMatchObject({
      times: [0, 1, 3, 7],
      ended: { status: 'FAILED', error: 'Busy', cause: 'because of Busy' },
    });
  });

  test('follows IntervalSeconds, BackoffRate and MaxDelaySeconds', async () => {
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10, MaxAttempts: 4 }];
    expect(await attempts([...thrice, 'Busy'], { Retry })).toMatchObject({
      times: [0, 2, 8, 18, 28],
      ended: { status: 'SUCCEEDED', output: 'done' },
    });
  });

  test('with FULL jitter waits a random part of the delay, after its limit', async () => {
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 4, MaxDelaySeconds: 6, JitterStrategy: 'FULL' }];
    expect(await attempts(thrice, { Retry }, () => 0.25)).toMatchObject({ times: [0, 1, 2.5, 4] });
    expect(await attempts(thrice, { Retry }, () => 0)).toMatchObject({ times: [0, 0, 0, 0] });
  });

  test('counts each retrier by itself', async () => {
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 2 },
      { ErrorEquals: ['B'], IntervalSeconds: 5 },
    ];
    expect(await attempts(['A', 'A', 'B', 'A'], { Retry })).toMatchObject({
      times: [0, 1, 3, 8],
      ended: { status: 'FAILED', error: 'A' },
    });
  });

  test('begins to count again when the state is entered again', async () => {
    let calls = 0;
    const engine = new Engine({
      task: async () => {
        calls += 1;
        if (calls === 3) return null;
        throw new TaskFailure('Busy', '');
      },
    });
    const Retry = [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }];
    await engine.run({
      Step: task({ Retry, Next: 'Again' }),
      Again: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Step' }], Default: 'End' },
      End: { Type: 'Succeed' },
    });
    // Two retries, one success, and two retries of the second visit.
    expect(calls).toBe(6);
  });

  test('tells the state how often it was retried', async () => {
    const seen: unknown[] = [];
    const engine = new Engine({
      task: async (args) => {
        seen.push(args);
        if (seen.length < 3) throw new TaskFailure('Busy', '');
        return null;
      },
    });
    await engine.run({
      Step: task({ Arguments: '{% $states.context.State.RetryCount %}', Retry: [{ ErrorEquals: ['Busy'] }] }),
    });
    expect(seen).toEqual([0, 1, 2]);
  });

  test('is billed as a transition each time', async () => {
    const { transitions } = await attempts(['Busy', 'Busy'], { Retry: [{ ErrorEquals: ['Busy'] }], Next: 'Caught' });
    expect(transitions).toBe(4);
  });

  test('does not happen with MaxAttempts 0, nor for other errors', async () => {
    expect(await attempts(['Busy'], { Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 0 }] })).toMatchObject({
      times: [0],
    });
    expect(await attempts(['Other'], { Retry: [{ ErrorEquals: ['Busy'] }] })).toMatchObject({ times: [0] });
  });

  test('also tries again what failed in the state itself, such as its Output', async () => {
    const fields = {
      Output: "{% $error('no') %}",
      Retry: [{ ErrorEquals: ['States.QueryEvaluationError'], MaxAttempts: 2 }],
    };
    expect(await attempts([], fields)).toMatchObject({
      times: [0, 1, 3],
      ended: { error: 'States.QueryEvaluationError' },
    });
  });
});

describe('Catch', () => {
  test('takes over when the retries are used up, and passes error and cause on', async () => {
    const fields = {
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['Busy'], Next: 'Caught' }],
    };
    expect(await attempts(['Busy', 'Busy'], fields)).toMatchObject({
      times: [0, 1],
      ended: { status: 'SUCCEEDED', output: { Error: 'Busy', Cause: 'because of Busy' } },
    });
  });

  test('assigns and outputs from $states.errorOutput', async () => {
    const engine = new Engine({ task: failing(['Busy']) });
    const Catch = [
      {
        ErrorEquals: ['Busy'],
        Next: 'Caught',
        Assign: { why: '{% $states.errorOutput.Error %}' },
        Output: '{% $states.input %}',
      },
    ];
    expect(
      await engine.run(
        { Step: task({ Catch }), Caught: { Type: 'Pass', Output: ['{% $states.input.a %}', '{% $why %}'], End: true } },
        { a: 1 },
      ),
    ).toMatchObject({
      output: [1, 'Busy'],
    });
  });

  test('tries its clauses in order', async () => {
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'Wrong' },
      { ErrorEquals: ['A', 'Busy'], Next: 'Right' },
      { ErrorEquals: ['States.ALL'], Next: 'Wrong' },
    ];
    const engine = new Engine({ task: failing(['Busy']) });
    expect(
      await engine.run({
        Step: task({ Catch }),
        Right: { Type: 'Pass', Output: 'right', End: true },
        Wrong: { Type: 'Fail' },
      }),
    ).toMatchObject({ output: 'right' });
  });

  test('is left by one whose own Output fails: the execution fails', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Output: '{% $missing %}' }];
    expect(await attempts(['Busy'], { Catch })).toMatchObject({
      ended: { status: 'FAILED', error: 'States.QueryEvaluationError' },
    });
  });
});

describe('names of errors', () => {
  test.each([
    ['States.ALL', 'Anything', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.QueryEvaluationError', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.ALL', 'States.DataLimitExceeded', true],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.Runtime', 'States.Runtime', false],
    ['States.TaskFailed', 'Anything', true],
    ['States.TaskFailed', 'States.Permissions', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.TaskFailed', 'States.HeartbeatTimeout', false],
    ['States.TaskFailed', 'States.DataLimitExceeded', true],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.HeartbeatTimeout', 'States.Timeout', false],
    ['Busy', 'busy', false],
  ])('%s against %s: %s', async (listed, thrown, caught) => {
    const engine = new Engine({ task: failing([thrown]) });
    const ended = await engine.run({
      Step: task({ Catch: [{ ErrorEquals: [listed], Next: 'Caught' }] }),
      Caught: { Type: 'Pass', Output: 'caught', End: true },
    });
    expect(ended).toMatchObject(
      caught ? { status: 'SUCCEEDED', output: 'caught' } : { status: 'FAILED', error: thrown },
    );
  });
});
