import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { distributed, runOf } from './distributed.ts';
import { Engine, MACHINE, task } from './engine.ts';

const pass = (Output: Json): JsonObject => ({ Type: 'Pass', Output, End: true });
const double = { Double: pass('{% $states.input * 2 %}') };

describe('A distributed Map', () => {
  test('has each item processed by an execution of its own, and gives their outputs in the order of the items', async () => {
    const engine = new Engine();
    engine.define(distributed({ Wait: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'Double' }, ...double }));
    const arn = await engine.start([3, 1, 2]);
    expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: [6, 2, 4] });
    const run = await runOf(engine, arn);
    const { executions } = await engine.call('ListExecutions', { mapRunArn: run.mapRunArn! });
    expect(executions).toMatchObject(
      [3, 1, 2].map(() => ({
        stateMachineArn: `${MACHINE}/Each`,
        status: 'SUCCEEDED',
        mapRunArn: run.mapRunArn,
        itemCount: 1,
      })),
    );
    const [{ executionArn }] = executions as [{ executionArn: string }];
    expect(await engine.call('DescribeExecution', { executionArn })).toMatchObject({
      input: '3',
      output: '6',
      mapRunArn: run.mapRunArn,
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect((await engine.historyTypes(executionArn)).at(0)).toBe('ExecutionStarted');
  });

  test('tells of its run in the history, and nothing of the items', async () => {
    const engine = new Engine();
    engine.define(distributed(double));
    const arn = await engine.start([1, 2]);
    await engine.finish(arn);
    const events = await engine.history(arn);
    expect(events.map(({ previousEventId, type }) => [previousEventId, type])).toEqual([
      [0, 'ExecutionStarted'],
      [0, 'MapStateEntered'],
      [2, 'MapStateStarted'],
      [3, 'MapRunStarted'],
      [4, 'MapRunSucceeded'],
      [5, 'MapStateSucceeded'],
      [4, 'MapStateExited'],
      [7, 'ExecutionSucceeded'],
    ]);
    expect(events[2]).toMatchObject({ mapStateStartedEventDetails: { length: 2 } });
    expect(events[3]).toMatchObject({
      mapRunStartedEventDetails: {
        mapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:mapRun:machine\/Each:[\w-]+$/),
      },
    });
  });

  test.each([
    [1, 30],
    [2, 20],
    ['{% 0 %}', 10],
  ])('with MaxConcurrency %j takes three items of 10 seconds in %i', async (MaxConcurrency, seconds) => {
    const engine = new Engine();
    const start = engine.clock.now();
    await engine.run(distributed({ Sleep: { Type: 'Wait', Seconds: 10, End: true } }, { MaxConcurrency }), [1, 2, 3]);
    expect(engine.secondsSince(start)).toBe(seconds);
  });

  test('shapes its items with ItemSelector, which sees variables that the executions do not', async () => {
    const engine = new Engine();
    const { Each } = distributed(
      { Tell: pass(['{% $states.input %}', '{% $exists($factor) %}']) },
      {
        ItemSelector: {
          n: '{% $states.context.Map.Item.Value * $factor %}',
          at: '{% $states.context.Map.Item.Index %}',
        },
        Items: '{% $states.input.list %}',
      },
    );
    const states = { Set: { Type: 'Pass', Assign: { factor: 10 }, Next: 'Each' }, Each };
    expect(await engine.run(states, { list: [1, 2] })).toMatchObject({
      output: [
        [{ n: 10, at: 0 }, false],
        [{ n: 20, at: 1 }, false],
      ],
    });
  });

  test('gives an empty list for no items', async () => {
    expect(await new Engine().run(distributed(double), [])).toEqual({ status: 'SUCCEEDED', output: [] });
  });

  test('starts executions of the type EXPRESS, which have five minutes and tell no event', async () => {
    const engine = new Engine();
    const sleep = { Sleep: { Type: 'Wait', Seconds: 400, End: true } };
    engine.define(distributed(sleep, { ToleratedFailureCount: 1 }, 'EXPRESS'));
    const start = engine.clock.now();
    const arn = await engine.start([1]);
    expect(await engine.ended(arn)).toMatchObject({ output: [{ Status: 'TIMED_OUT', Error: 'States.Timeout' }] });
    expect(engine.secondsSince(start)).toBe(300);
    expect(engine.changes.map(({ executionArn }) => executionArn)).toEqual([arn, arn]);
  });

  test('inside a distributed Map runs in the executions of that', async () => {
    const { Each: inner } = distributed({ Triple: pass('{% $states.input * 3 %}') });
    const states = distributed({ Inner: { ...inner, Label: 'Inner' } });
    expect(await new Engine().run(states, [[1, 2], [3]])).toMatchObject({ output: [[3, 6], [9]] });
  });

  test('bills the state, and the states of the executions to their machine', async () => {
    const engine = new Engine();
    await engine.run(distributed(double), [1, 2, 3]);
    expect(engine.context.meter.of('states.transitions', 'machine')).toBe(1);
    expect(engine.context.meter.of('states.transitions', 'machine/Each')).toBe(3);
  });
});

describe('A distributed Map in which items fail', () => {
  const bad = (items: readonly number[]) =>
    new Engine({
      task: async (item) => {
        if (items.includes(item as number)) throw new TaskFailure('Bad', `item ${JSON.stringify(item)}`);
        return item;
      },
    });
  const step = { Step: task() };
  const exceeded = {
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
    cause: 'The specified tolerated failure threshold was exceeded',
  };

  test('fails with the first of them, stops what runs and starts nothing more', async () => {
    const engine = bad([2]);
    const sleepThenStep = { Sleep: { Type: 'Wait', Seconds: '{% 10 - $states.input %}', Next: 'Step' }, ...step };
    engine.define(distributed(sleepThenStep, { MaxConcurrency: 2 }));
    const arn = await engine.start([1, 2, 3]);
    expect(await engine.ended(arn)).toEqual(exceeded);
    expect((await engine.historyTypes(arn)).slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    expect(await runOf(engine, arn)).toMatchObject({
      status: 'FAILED',
      executionCounts: { total: 3, failed: 1, aborted: 1, pending: 1 },
    });
    expect(engine.clock.advanceToNext()).toBe(false);
  });

  test.each<[JsonObject, readonly number[], boolean]>([
    [{ ToleratedFailureCount: 2 }, [1, 4], true],
    [{ ToleratedFailureCount: 1 }, [1, 4], false],
    [{ ToleratedFailurePercentage: 50 }, [1, 4], true],
    [{ ToleratedFailurePercentage: 49 }, [1, 4], false],
  ])('with %j and failures of %j of four succeeds: %s', async (fields, items, succeeds) => {
    const ended = await bad(items).run(distributed(step, fields), [1, 2, 3, 4]);
    if (!succeeds) expect(ended).toEqual(exceeded);
    else expect(ended).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('has the whole execution in its result for an item that failed and is tolerated', async () => {
    const engine = bad([2]);
    expect(await engine.run(distributed(step, { ToleratedFailureCount: 1 }), [1, 2])).toMatchObject({
      output: [1, { Status: 'FAILED', Error: 'Bad', Cause: 'item 2', Input: '2', StateMachineArn: `${MACHINE}/Each` }],
    });
  });

  test('starts a new run when it is retried', async () => {
    const engine = bad([2]);
    engine.define(distributed(step, { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] }));
    const arn = await engine.start([1, 2]);
    await engine.finish(arn);
    const { mapRuns } = await engine.call('ListMapRuns', { executionArn: arn });
    expect(mapRuns).toHaveLength(2);
  });
});
