import { describe, expect, test } from 'vitest';
import { Engine, failing, ROLE, task, type WireEvent } from './engine.ts';

/** Runs a task that fails once, and gives the history. */
async function retried(): Promise<{ engine: Engine; arn: string }> {
  const engine = new Engine({ task: failing(['Busy'], { ok: true }) });
  engine.define({
    Step: task({
      Arguments: { a: '{% $states.input.a %}' },
      TimeoutSeconds: 9,
      Retry: [{ ErrorEquals: ['Busy'] }],
      Assign: { seen: '{% $states.result.ok %}' },
      Next: 'Done',
    }),
    Done: { Type: 'Succeed' },
  });
  const arn = await engine.start({ a: 1 });
  await engine.finish(arn);
  return { engine, arn };
}

describe('GetExecutionHistory', () => {
  test('tells each step as AWS does', async () => {
    const { engine, arn } = await retried();
    const begun = Date.UTC(2026, 10, 21) / 1_000;
    const about = { resourceType: 'lambda', resource: 'invoke' };
    const scheduled = { ...about, region: 'us-east-1', parameters: '{"a":1}', timeoutInSeconds: 9 };
    const whole = { truncated: false };
    expect(await engine.history(arn)).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp: begun,
        type: 'ExecutionStarted',
        executionStartedEventDetails: { input: '{"a":1}', inputDetails: whole, roleArn: ROLE },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp: begun,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'Step', input: '{"a":1}', inputDetails: whole },
      },
      { id: 3, previousEventId: 2, timestamp: begun, type: 'TaskScheduled', taskScheduledEventDetails: scheduled },
      { id: 4, previousEventId: 3, timestamp: begun, type: 'TaskStarted', taskStartedEventDetails: about },
      {
        id: 5,
        previousEventId: 4,
        timestamp: begun,
        type: 'TaskFailed',
        taskFailedEventDetails: { ...about, error: 'Busy', cause: 'because of Busy' },
      },
      { id: 6, previousEventId: 5, timestamp: begun + 1, type: 'TaskScheduled', taskScheduledEventDetails: scheduled },
      { id: 7, previousEventId: 6, timestamp: begun + 1, type: 'TaskStarted', taskStartedEventDetails: about },
      {
        id: 8,
        previousEventId: 7,
        timestamp: begun + 1,
        type: 'TaskSucceeded',
        taskSucceededEventDetails: { ...about, output: '{"ok":true}', outputDetails: whole },
      },
      {
        id: 9,
        previousEventId: 8,
        timestamp: begun + 1,
        type: 'TaskStateExited',
        stateExitedEventDetails: {
          name: 'Step',
          output: '{"ok":true}',
          outputDetails: whole,
          assignedVariables: { seen: 'true' },
          assignedVariablesDetails: whole,
        },
      },
      {
        id: 10,
        previousEventId: 9,
        timestamp: begun + 1,
        type: 'SucceedStateEntered',
        stateEnteredEventDetails: { name: 'Done', input: '{"ok":true}', inputDetails: whole },
      },
      {
        id: 11,
        previousEventId: 10,
        timestamp: begun + 1,
        type: 'SucceedStateExited',
        stateExitedEventDetails: { name: 'Done', output: '{"ok":true}', outputDetails: whole },
      },
      {
        id: 12,
        previousEventId: 11,
        timestamp: begun + 1,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: { output: '{"ok":true}', outputDetails: whole },
      },
    ]);
  });

  test.each([false, true])('comes in pages (reversed: %s)', async (reverseOrder) => {
    const { engine, arn } = await retried();
    const all = (await engine.history(arn)).map(({ id }) => id);
    const pages: number[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await engine.call('GetExecutionHistory', {
        executionArn: arn,
        maxResults: 5,
        reverseOrder,
        ...(nextToken ? { nextToken } : {}),
      });
      pages.push((page.events as unknown as WireEvent[]).map(({ id }) => id));
      nextToken = page.nextToken as string | undefined;
    } while (nextToken);
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    expect(pages.flat()).toEqual(reverseOrder ? all.toReversed() : all);
  });

  test('leaves out inputs and outputs, and nothing else, when it is told to', async () => {
    const { engine, arn } = await retried();
    const events = await engine.history(arn, { includeExecutionData: false });
    expect(events[1]).toMatchObject({ stateEnteredEventDetails: { name: 'Step' } });
    expect(events[4]).toMatchObject({ taskFailedEventDetails: { error: 'Busy' } });
    expect(JSON.stringify(events)).not.toMatch(/"(input|output|parameters|assignedVariables)":/);
  });

  test('of an execution that runs has all that is done', async () => {
    const engine = new Engine();
    const inner = {
      StartAt: 'Step',
      States: { Step: task({ Next: 'Sleep' }), Sleep: { Type: 'Wait', Seconds: 60, End: true } },
    };
    engine.define({ Both: { Type: 'Parallel', Branches: [inner], End: true } });
    const arn = await engine.start();
    await engine.settle();
    expect(await engine.historyTypes(arn)).toEqual([
      'ExecutionStarted',
      'ParallelStateEntered',
      'ParallelStateStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
      'WaitStateEntered',
    ]);
  });

  test('of branches points each event at the one that it follows in its branch', async () => {
    const engine = new Engine();
    const sleep = (name: string, Seconds: number) => ({
      StartAt: name,
      States: { [name]: { Type: 'Wait', Seconds, End: true } },
    });
    engine.define({ Both: { Type: 'Parallel', Branches: [sleep('Long', 2), sleep('Short', 1)], End: true } });
    const arn = await engine.start();
    await engine.finish(arn);
    expect((await engine.history(arn)).map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'ParallelStateEntered'],
      [3, 2, 'ParallelStateStarted'],
      [4, 3, 'WaitStateEntered'],
      [5, 3, 'WaitStateEntered'],
      [6, 5, 'WaitStateExited'],
      [7, 4, 'WaitStateExited'],
      [8, 7, 'ParallelStateSucceeded'],
      [9, 7, 'ParallelStateExited'],
      [10, 9, 'ExecutionSucceeded'],
    ]);
  });
});
