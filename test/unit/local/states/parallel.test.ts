import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { Engine, failing, task } from './engine.ts';

const branch = (states: JsonObject): JsonObject => ({ StartAt: Object.keys(states)[0]!, States: states });
const pass = (Output: Json): JsonObject => ({ Type: 'Pass', Output, End: true });
const wait = (Seconds: number | string): JsonObject => ({ Type: 'Wait', Seconds, End: true });

describe('Parallel', () => {
  test('runs its branches side by side and gives their outputs in order', async () => {
    const engine = new Engine();
    const start = engine.clock.now();
    const both = {
      Type: 'Parallel',
      Branches: [branch({ Slow: wait(20) }), branch({ Fast: wait(10) })],
      Output: '{% $states.result.n %}',
      End: true,
    };
    expect(await engine.run({ Both: { ...both, Arguments: { n: '{% $states.input.n + 1 %}' } } }, { n: 1 })).toEqual({
      status: 'SUCCEEDED',
      output: [2, 2],
    });
    expect(engine.secondsSince(start)).toBe(20);
  });

  test('fails with the first branch that fails, at once, and gives the others up', async () => {
    const engine = new Engine();
    const start = engine.clock.now();
    const failingBranch = branch({
      Short: { Type: 'Wait', Seconds: 1, Next: 'Bad' },
      Bad: { Type: 'Fail', Error: 'Broken' },
    });
    engine.define({ Both: { Type: 'Parallel', Branches: [failingBranch, branch({ Long: wait(3_600) })], End: true } });
    const arn = await engine.start();
    expect(await engine.ended(arn)).toEqual({ status: 'FAILED', error: 'Broken' });
    expect(engine.secondsSince(start)).toBe(1);
    expect(await engine.historyTypes(arn)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'WaitStateEntered',
      'WaitStateEntered',
      'WaitStateExited',
      'FailStateEntered',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
    expect(engine.clock.advanceToNext()).toBe(false);
  });

  test('is retried and caught as a whole', async () => {
    const engine = new Engine({ task: failing(['Busy', 'Busy', 'Broken']) });
    const Both = {
      Type: 'Parallel',
      Branches: [branch({ Step: task() }), branch({ Other: pass(1) })],
      End: true,
      Retry: [{ ErrorEquals: ['Busy'] }],
      Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }],
    };
    expect(await engine.run({ Both, Caught: pass('{% $states.input.Error %}') })).toEqual({
      status: 'SUCCEEDED',
      output: 'Broken',
    });
  });

  test('lets branches read the variables around them, and keeps theirs inside', async () => {
    const inside = branch({
      Set: { Type: 'Pass', Assign: { mine: '{% $outer & "!" %}' }, Next: 'Tell' },
      Tell: pass('{% $mine %}'),
    });
    const states = (after: string) => ({
      Set: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [inside, inside].map(
          (one, index) => JSON.parse(JSON.stringify(one).replaceAll(/"(Set|Tell)"/g, `"$1${index}"`)) as Json,
        ),
        Next: 'After',
      },
      After: pass(after),
    });
    expect(await new Engine().run(states('{% $states.input %}'))).toMatchObject({ output: ['o!', 'o!'] });
    expect(await new Engine().run(states('{% $mine %}'))).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  test('does not let a branch assign a variable of the line around it', async () => {
    const states = {
      Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [branch({ Change: { Type: 'Pass', Assign: { outer: 2 }, End: true } })],
        End: true,
      },
    };
    expect(await new Engine().run(states)).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('outer'),
    });
  });

  test('assigns from its results', async () => {
    const Both = {
      Type: 'Parallel',
      Branches: [branch({ A: pass(1) }), branch({ B: pass(2) })],
      Assign: { total: '{% $sum($states.result) %}' },
      Next: 'Tell',
    };
    expect(await new Engine().run({ Both, Tell: pass('{% $total %}') })).toEqual({ status: 'SUCCEEDED', output: 3 });
  });
});
