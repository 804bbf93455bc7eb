import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { Engine, failingFor, never, StoreFile, task } from './engine.ts';

const step = (name: Json, fields: JsonObject = {}): JsonObject => task({ Arguments: name, ...fields });
const branch = (states: JsonObject): JsonObject => ({ StartAt: Object.keys(states)[0]!, States: states });
const parallel = (...branches: JsonObject[]): JsonObject => ({
  Both: { Type: 'Parallel', Branches: branches, End: true },
});

async function redriven(engine: Engine, executionArn: string) {
  await engine.finish(executionArn);
  await engine.call('RedriveExecution', { executionArn });
  return engine.ended(executionArn);
}

describe('A redrive of a Parallel state', () => {
  test('runs only the branches again that failed or were aborted, from the states that they were in', async () => {
    const { calls, task: work } = failingFor({ b: 1 });
    const engine = new Engine({ task: work });
    const first = step('a1', { Assign: { kept: '{% $states.result %}' }, Next: 'Wait' });
    const wait = { Type: 'Wait', Seconds: 60, Next: 'Last' };
    const last = step('a2', { Output: '{% [$kept, $states.result] %}' });
    const failing = { Rest: { Type: 'Wait', Seconds: 5, Next: 'B' }, B: step('b') };
    engine.define(
      parallel(branch({ C: step('c') }), branch({ First: first, Wait: wait, Last: last }), branch(failing)),
    );
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(await redriven(engine, arn)).toEqual({
      status: 'SUCCEEDED',
      output: ['c', ['a1', 'a2'], 'b'],
    });
    expect(calls).toEqual(['c', 'a1', 'b', 'b', 'a2']);
  });

  test('goes on where it stood at every depth, as often as it is redriven', async () => {
    const { calls, task: work } = failingFor({ b: 2 });
    const engine = new Engine({ task: work });
    const { Both } = parallel(branch({ A: step('a') }), branch({ B: step('b') })) as { Both: JsonObject };
    engine.define(parallel(branch({ Inside: Both }), branch({ C: step('c') })));
    const arn = await engine.start();
    expect(await redriven(engine, arn)).toMatchObject({ status: 'FAILED', error: 'Broken' });
    expect(await redriven(engine, arn)).toEqual({ status: 'SUCCEEDED', output: [['a', 'b'], 'c'] });
    expect([...calls].sort()).toEqual(['a', 'b', 'b', 'b', 'c']);
  });

  test('runs all branches again when the state is retried', async () => {
    const { calls, task: work } = failingFor({ b: 3 });
    const engine = new Engine({ task: work });
    const { Both } = parallel(branch({ A: step('a') }), branch({ B: step('b') })) as { Both: JsonObject };
    engine.define({ Both: { ...Both, Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }] } });
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED' });
    expect(calls).toEqual(['a', 'b', 'a', 'b']);
    expect(await redriven(engine, arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(calls.slice(4)).toEqual(['b', 'a', 'b']);
  });

  test('runs all branches again when their results were too large', async () => {
    const { calls, task: work } = failingFor({});
    let size = 256 * 1024;
    const engine = new Engine({
      task: async (args, caller) => (args === 'large' ? 'x'.repeat(size) : work(args, caller)),
    });
    engine.define(parallel(branch({ A: step('a') }), branch({ B: step('large') })));
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    size = 1;
    expect(await redriven(engine, arn)).toEqual({ status: 'SUCCEEDED', output: ['a', 'x'] });
    expect(calls).toEqual(['a', 'a']);
  });

  test('has its branches do what they had not begun when their execution was stopped', async () => {
    const engine = new Engine({ task: never });
    engine.define(parallel(branch({ A: step('a') }), branch({ B: { Type: 'Pass', Output: 'b', End: true } })));
    const arn = await engine.start();
    await engine.settle();
    await engine.call('StopExecution', { executionArn: arn });
    await engine.call('RedriveExecution', { executionArn: arn });
    await engine.settle();
    const types = (await engine.historyTypes(arn)).slice(-3);
    expect(types).toEqual(['ExecutionRedriven', 'TaskScheduled', 'TaskStarted']);
  });
});

describe('A redrive of a Map state', () => {
  const each = (fields: JsonObject = {}): JsonObject => ({
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemSelector: '{% $states.context.Map.Item.Value %}',
      ItemProcessor: branch({ Work: step('{% $states.input %}') }),
      End: true,
      ...fields,
    },
  });
  const input = { items: ['x', 'y', 'z'] };

  test('runs only the items again that did not succeed, and those that had not begun', async () => {
    const { calls, task: work } = failingFor({ y: 1 });
    const engine = new Engine({ task: work });
    engine.define(each({ MaxConcurrency: 1 }));
    const arn = await engine.start(input);
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED' });
    expect(calls).toEqual(['x', 'y']);
    expect(await redriven(engine, arn)).toEqual({ status: 'SUCCEEDED', output: ['x', 'y', 'z'] });
    expect(calls).toEqual(['x', 'y', 'y', 'z']);
  });

  test('runs those again that had failed within what was tolerated', async () => {
    const { calls, task: work } = failingFor({ x: 1, y: 2, z: 1 });
    const engine = new Engine({ task: work });
    engine.define(each({ MaxConcurrency: 1, ToleratedFailureCount: 1 }));
    const arn = await engine.start(input);
    expect(await engine.ended(arn)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    expect(await redriven(engine, arn)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    expect(calls).toEqual(['x', 'y', 'x', 'y', 'z']);
  });

  test('evaluates the output again when only that had failed', async () => {
    const { calls, task: work } = failingFor({});
    const engine = new Engine({ task: work });
    engine.define(each({ Output: '{% $states.context.Execution.RedriveCount = 0 ? $nothing.x : $states.result %}' }));
    const arn = await engine.start(input);
    expect(await engine.ended(arn)).toMatchObject({ error: 'States.QueryEvaluationError' });
    expect(await redriven(engine, arn)).toEqual({ status: 'SUCCEEDED', output: ['x', 'y', 'z'] });
    expect(calls).toEqual(['x', 'y', 'z']);
  });
});

describe('After a kill', () => {
  let file: StoreFile;
  beforeEach(() => {
    file = new StoreFile();
  });
  afterEach(() => file.remove());

  test.each([6, 7, 8, 9, 10, 11])(
    'a redrive goes on with what had not succeeded before it, with %i commits',
    async (commits) => {
      const before = failingFor({ b: 1 });
      const killed = new Engine({ store: file.open(commits), task: before.task });
      const states = { Wait: { Type: 'Wait', Seconds: 5, Next: 'B' }, B: step('b', { Next: 'C' }), C: step('c') };
      killed.define(parallel(branch({ A: step('a') }), branch(states)));
      const arn = await killed.start();
      await redriven(killed, arn).catch(() => {
        // The engine has been killed, before or after the redrive.
      });
      const after = failingFor({});
      const engine = file.restarted(killed, { task: after.task });
      engine.service.resume();
      const { status } = await engine.finish(arn);
      if (status === 'FAILED') await engine.call('RedriveExecution', { executionArn: arn });
      expect(await engine.ended(arn)).toEqual({ status: 'SUCCEEDED', output: ['a', 'c'] });
      const failed = (await engine.historyTypes(arn)).includes('ExecutionFailed');
      if (failed) expect(after.calls).not.toContain('a');
    },
  );
});
