import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import type { TaskIntegration } from '../../../../local/states/integration.ts';
import { Engine, never, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

describe('an execution whose engine is killed', () => {
  test('invokes the task that was in flight again, which its history shows as a second call', async () => {
    const first = new Engine({ store: file.open(), task: never });
    first.define({ Step: task({ Next: 'Done' }), Done: { Type: 'Succeed' } });
    const arn = await first.start();
    await first.settle();
    const second = file.restarted(first, { task: async () => 'again' });
    second.service.resume();
    expect(await second.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'again' });
    expect(await second.historyTypes(arn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    // The state that was entered before is not billed again.
    expect(second.context.meter.of('states.transitions', 'machine')).toBe(1);
  });

  test('counts in its context how often it was taken up again: a task may have been called before', async () => {
    let engine = new Engine({ store: file.open(), task: never });
    engine.define({ Step: task({ Output: '{% $states.context.Execution.RedriveCount %}' }) });
    const arn = await engine.start();
    await engine.settle();
    for (let round = 0; round < 2; round += 1) {
      engine = file.restarted(engine, { task: never });
      engine.service.resume();
      await engine.settle();
    }
    engine = file.restarted(engine);
    engine.service.resume();
    expect(await engine.ended(arn)).toMatchObject({ output: 3 });
    // For clients nothing was redriven: they have not asked for it.
    expect(await engine.call('DescribeExecution', { executionArn: arn })).toMatchObject({ redriveCount: 0 });
    expect(await engine.historyTypes(arn)).not.toContain('ExecutionRedriven');
  });

  test.each([
    ['what remains of a Wait', { Wait: { Type: 'Wait', Seconds: 60, End: true } }],
    [
      'what remains of a wait that began at a time',
      { Wait: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + 60000) %}', End: true } },
    ],
    [
      "what remains of a retry's delay",
      {
        Wait: task({
          Arguments: 'busy',
          Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 60, MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ['Busy'], Next: 'Done' }],
          Next: 'Done',
        }),
        Done: { Type: 'Succeed' },
      },
    ],
  ])('waits for %s', async (_what, states) => {
    const busy: TaskIntegration = async () => {
      throw new TaskFailure('Busy', '');
    };
    const first = new Engine({ store: file.open(), task: busy });
    first.define(states);
    const start = first.clock.now();
    const arn = await first.start();
    await first.settle();
    first.clock.advance(20_000);
    const second = file.restarted(first, { task: busy });
    second.service.resume();
    await second.settle();
    expect(second.clock.now() - start).toBe(20_000);
    expect(await second.ended(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(second.clock.now() - start).toBe(60_000);
  });

  test('has as many attempts left as it had', async () => {
    const calls: Json[] = [];
    const busy: TaskIntegration = async () => {
      calls.push('call');
      throw new TaskFailure('Busy', '');
    };
    const first = new Engine({ store: file.open(), task: busy });
    first.define({ Step: task({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 3 }] }) });
    const arn = await first.start();
    await first.settle();
    first.clock.advance(1_000);
    await first.settle();
    expect(calls).toHaveLength(2);
    const second = file.restarted(first, { task: busy });
    second.service.resume();
    expect(await second.ended(arn)).toMatchObject({ error: 'Busy' });
    expect(calls).toHaveLength(4);
  });

  test('tells when the state was entered, not when it was tried again', async () => {
    const told: Json[] = [];
    const tell: TaskIntegration = async (enteredTime) => {
      told.push(enteredTime);
      throw new TaskFailure('Busy', '');
    };
    const first = new Engine({ store: file.open(), task: tell });
    first.define({
      Step: task({
        Arguments: '{% $states.context.State.EnteredTime %}',
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      }),
    });
    const arn = await first.start();
    await first.settle();
    first.clock.advance(1_000);
    await first.settle();
    const second = file.restarted(first, { task: tell });
    second.service.resume();
    await second.ended(arn);
    expect(told).toEqual(Array.from({ length: 3 }, () => '2026-11-21T00:00:00.000Z'));
  });

  test('keeps the definition it started with, when the new engine has another', async () => {
    const first = new Engine({ store: file.open() });
    const version = (Output: string) => ({
      Wait: { Type: 'Wait', Seconds: 10, Next: 'Tell' },
      Tell: { Type: 'Pass', Output, End: true },
    });
    first.define(version('old'));
    const arn = await first.start();
    await first.settle();
    const second = file.restarted(first);
    second.define(version('new'));
    second.service.resume();
    expect(await second.ended(arn)).toMatchObject({ output: 'old' });
    expect(await second.ended(await second.start({}, { name: 'second' }))).toMatchObject({ output: 'new' });
  });

  test('is timed out at once when its time passed meanwhile, without another step', async () => {
    const first = new Engine({ store: file.open(), task: never });
    first.define({ Step: task() }, { TimeoutSeconds: 60 });
    const arn = await first.start();
    await first.settle();
    first.clock.advance(59_000);
    const calls: Json[] = [];
    const second = file.restarted(first, {
      task: async (args) => {
        calls.push(args);
        return null;
      },
    });
    second.clock.advance(2_000);
    second.service.resume();
    expect(await second.ended(arn)).toMatchObject({ status: 'TIMED_OUT' });
    expect(calls).toEqual([]);
  });
});
