import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import type { TaskIntegration } from '../../../../local/states/integration.ts';
import { Engine, never, StoreFile, task } from './engine.ts';

let file: StoreFile;
beforeEach(() => {
  file = new StoreFile();
});
afterEach(() => file.remove());

const step = (name: string, fields: JsonObject): JsonObject => task({ Arguments: name, ...fields });

/** Something of everything: a retry, a wait, branches, items, variables and a catch. */
const journey: JsonObject = {
  First: step('first', {
    Assign: { first: '{% $states.result %}' },
    Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 4 }],
    Next: 'Sleep',
  }),
  Sleep: { Type: 'Wait', Seconds: 30, Next: 'Both' },
  Both: {
    Type: 'Parallel',
    Assign: { both: '{% $states.result %}' },
    Next: 'Each',
    Branches: [
      { StartAt: 'Left', States: { Left: step('left', { End: true }) } },
      { StartAt: 'Right', States: { Right: { Type: 'Wait', Seconds: 5, End: true } } },
    ],
  },
  Each: {
    Type: 'Map',
    Items: [1, 2],
    Assign: { each: '{% $states.result %}' },
    Next: 'Choose',
    ItemProcessor: {
      StartAt: 'Item',
      States: { Item: task({ Arguments: "{% 'item' & $states.input %}", End: true }) },
    },
  },
  Choose: { Type: 'Choice', Choices: [{ Condition: "{% $first = 'first' %}", Next: 'Refused' }], Default: 'Lost' },
  Lost: { Type: 'Fail', Error: 'VariablesLost' },
  Refused: step('refused', {
    Catch: [{ ErrorEquals: ['Refused'], Assign: { why: '{% $states.errorOutput.Error %}' }, Next: 'Tell' }],
    Next: 'Tell',
  }),
  Tell: {
    Type: 'Pass',
    Output: { first: '{% $first %}', both: '{% $both[0] %}', each: '{% $each %}', why: '{% $why %}' },
    End: true,
  },
};
const journeysEnd = {
  status: 'SUCCEEDED',
  output: { first: 'first', both: 'left', each: ['item1', 'item2'], why: 'Refused' },
};

/** The steps of the journey; `first` is busy until it was called twice. */
function steps(calls: string[]): TaskIntegration {
  return async (name) => {
    calls.push(name as string);
    if (name === 'first' && calls.filter((call) => call === 'first').length === 1) throw new TaskFailure('Busy', '');
    if (name === 'refused') throw new TaskFailure('Refused', '');
    return name;
  };
}

describe('an execution whose engine is killed', () => {
  test('after any of its commits ends as if nothing had happened, repeating at most the step in flight', async () => {
    const unhurt: string[] = [];
    const whole = new Engine({ task: steps(unhurt), store: file.open() });
    expect(await whole.run(journey)).toEqual(journeysEnd);

    let killed = 0;
    for (let commits = 1; ; commits += 1) {
      const life = new StoreFile();
      try {
        const calls: string[] = [];
        const first = new Engine({ task: steps(calls), store: life.open(commits) });
        first.define(journey);
        const arn = await first.start({}, { name: 'journey' });
        const ended = await first.ended(arn).catch(() => undefined);
        if (ended) {
          expect(ended).toEqual(journeysEnd);
          break;
        }
        killed += 1;
        const second = new Engine({ task: steps(calls), store: life.open(), clock: first.clock });
        second.service.resume();
        expect(await second.ended(arn)).toEqual(journeysEnd);
        for (const name of new Set(unhurt)) {
          const extra = calls.filter((call) => call === name).length - unhurt.filter((call) => call === name).length;
          expect([name, extra === 0 || extra === 1]).toEqual([name, true]);
        }
        const history = await second.history(arn);
        expect(history.map(({ id }) => id)).toEqual(history.map((_, index) => index + 1));
        expect(history.every(({ id, previousEventId }) => previousEventId < id)).toBe(true);
      } finally {
        life.remove();
      }
    }
    // A start, and at least one commit for each call and each wait.
    expect(killed).toBeGreaterThan(unhurt.length + 2);
  });

  test('invokes the task that was in flight again, and its history says so', async () => {
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
      'ExecutionRedriven',
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

  test('counts how often it was taken up again', async () => {
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
    expect(
      (await engine.history(arn))
        .filter(({ type }) => type === 'ExecutionRedriven')
        .map((event) => event.executionRedrivenEventDetails),
    ).toEqual([{ redriveCount: 1 }, { redriveCount: 2 }, { redriveCount: 3 }]);
    expect(await engine.call('DescribeExecution', { executionArn: arn })).toMatchObject({ redriveCount: 3 });
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

test('an execution whose step cannot be journaled stops where it is, and goes on once the journal can write', async () => {
  const calls: Json[] = [];
  const call: TaskIntegration = async (name) => {
    calls.push(name);
    return name;
  };
  const first = new Engine({ store: file.open(2), task: call });
  first.define({
    First: step('first', { Retry: [{ ErrorEquals: ['States.ALL'] }], Next: 'Second' }),
    Second: step('second', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Lost' }], End: true }),
    Lost: { Type: 'Fail' },
  });
  const arn = await first.start();
  await first.settle();
  expect(calls).toEqual(['first']);
  expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
  expect(first.changes.map(({ status }) => status)).toEqual(['RUNNING']);
  const second = file.restarted(first, { task: call });
  second.service.resume();
  expect(await second.ended(arn)).toEqual({ status: 'SUCCEEDED', output: 'second' });
});

test.each<[string, JsonObject]>([
  ['success', { Type: 'Succeed' }],
  ['failure', { Type: 'Fail', Error: 'Bad' }],
])(
  'an execution whose %s cannot be journaled is reported, and ends the same once the journal can write',
  async (_what, state) => {
    const first = new Engine({ store: file.open(1) });
    first.define({ Only: state });
    const arn = await first.start();
    await first.settle();
    expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
    const second = file.restarted(first);
    second.service.resume();
    expect(await second.ended(arn)).toMatchObject({ status: first.changes.at(-1)?.status });
  },
);

test('an execution whose timeout cannot be journaled is timed out once the journal can write', async () => {
  const first = new Engine({ store: file.open(2), task: never });
  first.define({ Step: task() }, { TimeoutSeconds: 60 });
  const arn = await first.start();
  await first.settle();
  first.clock.advance(60_000);
  await first.settle();
  expect(first.context.warnings).toEqual([expect.stringContaining('killed')]);
  const second = file.restarted(first);
  second.service.resume();
  expect(await second.ended(arn)).toMatchObject({ status: 'TIMED_OUT' });
});

describe('an engine that is closed', () => {
  test('stops its timers and leaves its executions to the next one', async () => {
    const first = new Engine({ store: file.open(), task: never });
    first.define(
      { Sleep: { Type: 'Wait', Seconds: 10, Next: 'Step' }, Step: task({ TimeoutSeconds: 5 }) },
      { TimeoutSeconds: 3_600 },
    );
    const sleeping = await first.start({}, { name: 'sleeping' });
    await first.settle();
    first.clock.advance(10_000);
    const inTask = await first.start({}, { name: 'later' });
    await first.settle();
    first.service.close();
    expect(first.clock.advanceToNext()).toBe(false);
    expect(await first.call('DescribeExecution', { executionArn: sleeping })).toMatchObject({ status: 'RUNNING' });
    const second = file.restarted(first);
    second.service.resume();
    expect(await second.ended(sleeping)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await second.ended(inTask)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('drives nothing twice when it is told to resume twice', async () => {
    let calls = 0;
    const first = new Engine({ store: file.open(), task: never });
    first.define({ Step: task() });
    const arn = await first.start();
    await first.settle();
    const second = file.restarted(first, {
      task: async () => {
        calls += 1;
        return null;
      },
    });
    second.service.resume();
    second.service.resume();
    await second.ended(arn);
    expect(calls).toBe(1);
    expect(second.context.warnings).toEqual([]);
  });

  test('reports an execution that it cannot drive, lets the others go on, and can still stop it', async () => {
    const store = file.open();
    const first = new Engine({ store, task: never });
    first.define({ Step: task() });
    const lost = await first.start({}, { name: 'lost' });
    first.define({ Sleep: { Type: 'Wait', Seconds: 1, End: true } });
    const fine = await first.start({}, { name: 'fine' });
    await first.settle();
    store.prepare('UPDATE states_definitions SET body = replace(body, ?, ?)').run('lambda:invoke', 'lambda:gone');
    const second = file.restarted(first);
    second.service.resume();
    expect(second.context.warnings).toEqual([expect.stringContaining(lost)]);
    expect(await second.ended(fine)).toMatchObject({ status: 'SUCCEEDED' });
    await second.call('StopExecution', { executionArn: lost });
    expect(await second.call('DescribeExecution', { executionArn: lost })).toMatchObject({ status: 'ABORTED' });
  });
});
