import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../local/contracts.ts';
import { Engine } from './engine.ts';

const run = (states: Record<string, Json>, input: Json = {}) => new Engine().run(states, input);

describe('Pass', () => {
  test('passes its input on', async () => {
    expect(await run({ Pass: { Type: 'Pass', End: true } }, { a: 1 })).toEqual({
      status: 'SUCCEEDED',
      output: { a: 1 },
    });
  });

  test('fills expressions anywhere in its Output, and leaves other texts alone', async () => {
    const Output = {
      sum: '{% $states.input.a + 1 %}',
      list: ['{% $states.input.a %}', 'plain {% text %} here'],
      deep: { is: null },
    };
    expect(await run({ Pass: { Type: 'Pass', End: true, Output } }, { a: 1 })).toEqual({
      status: 'SUCCEEDED',
      output: { sum: 2, list: [1, 'plain {% text %} here'], deep: { is: null } },
    });
  });

  test('assigns variables for the states after it; its own Output still sees the old ones', async () => {
    const states = {
      First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
      Second: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', twice: '{% $n * 2 %}' }, Output: '{% $n %}', Next: 'Third' },
      Third: {
        Type: 'Pass',
        Output: { before: '{% $states.input %}', n: '{% $n %}', twice: '{% $twice %}' },
        End: true,
      },
    };
    expect(await run(states)).toMatchObject({ output: { before: 1, n: 2, twice: 2 } });
  });

  test('may assign a variable with the name of a function, which it then hides', async () => {
    expect(
      await run({
        Set: { Type: 'Pass', Assign: { now: 'mine' }, Next: 'Tell' },
        Tell: { Type: 'Pass', Output: '{% $now %}', End: true },
      }),
    ).toMatchObject({ output: 'mine' });
  });

  test.each([
    ['nothing', '{% $states.input.missing %}', /returned nothing \(undefined\)/],
    ['an error', "{% $number('x') %}", /threw an error/],
    ['a function', '{% function($x) { $x } %}', /returned an unsupported result type\./],
  ])('fails as States.QueryEvaluationError when an expression gives %s', async (_what, Output, cause) => {
    const engine = new Engine();
    engine.define({ Pass: { Type: 'Pass', Output: { field: Output }, End: true } });
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringMatching(cause),
    });
    expect((await engine.history(arn)).find(({ type }) => type === 'EvaluationFailed')).toMatchObject({
      evaluationFailedEventDetails: { state: 'Pass', location: 'Output/field', error: 'States.QueryEvaluationError' },
    });
  });

  test('fails an expression that would never end, and nothing else', async () => {
    expect(
      await run({ Pass: { Type: 'Pass', Output: '{% ($f := function($n) { 1 + $f($n + 1) }; $f(0)) %}', End: true } }),
    ).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('$states.context', () => {
  test('tells execution, machine and state', async () => {
    const engine = new Engine();
    engine.define({
      Wait: { Type: 'Wait', Seconds: 2, Next: 'Tell' },
      Tell: { Type: 'Pass', Output: '{% $states.context %}', End: true },
    });
    const arn = await engine.start({ a: 1 }, { name: 'the-name' });
    expect(await engine.ended(arn)).toMatchObject({
      output: {
        Execution: {
          Id: arn,
          Name: 'the-name',
          Input: { a: 1 },
          RoleArn: 'arn:aws:iam::000000000000:role/machine',
          StartTime: '2026-11-21T00:00:00.000Z',
          RedriveCount: 0,
        },
        State: { Name: 'Tell', EnteredTime: '2026-11-21T00:00:02.000Z' },
        StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine', Name: 'machine' },
      },
    });
  });
});

describe('Choice', () => {
  const choice = {
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'End', Assign: { from: 'first rule' }, Output: 'large' },
        { Condition: '{% $states.input.n > 5 %}', Next: 'End' },
      ],
      Default: 'End',
      Assign: { from: 'the state', always: true },
      Output: 'other',
    },
    End: { Type: 'Pass', Output: ['{% $states.input %}', '{% $from %}', '{% $always %}'], End: true },
  };

  test.each([
    ['the first rule that holds, whose own Assign and Output win', 11, ['large', 'first rule', true]],
    ['a later rule, with what the state says', 6, ['other', 'the state', true]],
    ['the Default when no rule holds', 1, ['other', 'the state', true]],
  ])('takes %s', async (_what, n, output) => {
    expect(await run(choice, { n })).toEqual({ status: 'SUCCEEDED', output });
  });

  test('fails as States.NoChoiceMatched without a Default', async () => {
    const states = {
      Choose: { Type: 'Choice', Choices: [{ Condition: false, Next: 'End' }] },
      End: { Type: 'Succeed' },
    };
    expect(await run(states)).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  test('fails when a condition gives something other than true or false', async () => {
    const states = {
      Choose: { Type: 'Choice', Choices: [{ Condition: "{% 'yes' %}", Next: 'End' }] },
      End: { Type: 'Succeed' },
    };
    expect(await run(states)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  });
});

describe('Wait', () => {
  test.each([
    ['Seconds', { Seconds: 30 }, 30],
    ['an expression for Seconds', { Seconds: '{% $states.input.pause %}' }, 45],
    ['a Timestamp', { Timestamp: '2026-11-21T00:01:00Z' }, 60],
    ['an expression for a Timestamp', { Timestamp: '{% $states.input.until %}' }, 90],
    ['a Timestamp that is past', { Timestamp: '2026-11-20T00:00:00Z' }, 0],
  ])('waits for %s', async (_what, fields, seconds) => {
    const engine = new Engine();
    const start = engine.clock.now();
    const input = { pause: 45, until: '2026-11-21T00:01:30Z' };
    expect(await engine.run({ Wait: { Type: 'Wait', ...fields, End: true } }, input)).toEqual({
      status: 'SUCCEEDED',
      output: input,
    });
    expect(engine.secondsSince(start)).toBe(seconds);
  });

  test.each([
    { Seconds: "{% 'soon' %}" },
    { Seconds: '{% -1 %}' },
    { Seconds: '{% 1.5 %}' },
    { Timestamp: 'tomorrow' },
    { Timestamp: '{% 5 %}' },
  ])('fails when it is told to wait for %j', async (fields) => {
    expect(await run({ Wait: { Type: 'Wait', ...fields, End: true } })).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });
});

describe('Succeed and Fail', () => {
  test('Succeed ends the execution with its Output', async () => {
    expect(await run({ Done: { Type: 'Succeed', Output: { was: '{% $states.input.a %}' } } }, { a: 1 })).toEqual({
      status: 'SUCCEEDED',
      output: { was: 1 },
    });
  });

  test('Fail ends it with an error and a cause, from texts or expressions', async () => {
    expect(
      await run({ Bad: { Type: 'Fail', Error: 'TooBad', Cause: "{% 'n is ' & $states.input.n %}" } }, { n: 7 }),
    ).toEqual({ status: 'FAILED', error: 'TooBad', cause: 'n is 7' });
  });

  test('Fail needs neither', async () => {
    expect(await run({ Bad: { Type: 'Fail' } })).toEqual({ status: 'FAILED' });
  });
});

describe('limits', () => {
  test('the machine is timed out after its TimeoutSeconds', async () => {
    const engine = new Engine();
    const start = engine.clock.now();
    expect(
      await engine.run({ Wait: { Type: 'Wait', Seconds: 100, End: true } }, {}, { TimeoutSeconds: 60 }),
    ).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(engine.secondsSince(start)).toBe(60);
  });

  test('an output of more than 256 KiB is States.DataLimitExceeded', async () => {
    const states = { Pass: { Type: 'Pass', Output: "{% $join([1..300].$pad('', 1000, 'x')) %}", End: true } };
    expect(await run(states)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('the limit counts bytes, not characters', async () => {
    const output = (characters: number) => ({
      Pass: { Type: 'Pass', Output: `{% $pad('', ${characters}, '\u00e9') %}`, End: true },
    });
    expect(await run(output(131_071))).toMatchObject({ status: 'SUCCEEDED' });
    expect(await run(output(131_072))).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('an execution that turns in circles ends at 25,000 events', async () => {
    const engine = new Engine();
    const Choices = [{ Condition: false, Next: 'End' }];
    engine.define({
      Here: { Type: 'Pass', Next: 'There' },
      There: { Type: 'Choice', Choices, Default: 'Here' },
      End: { Type: 'Succeed' },
    });
    const arn = await engine.start();
    expect(await engine.ended(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect((await engine.history(arn, { reverseOrder: true, maxResults: 1 }))[0]).toMatchObject({
      id: 25_000,
      type: 'ExecutionFailed',
    });
  });
});
