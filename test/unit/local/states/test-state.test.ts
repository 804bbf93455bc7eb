import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { Engine, machine, RESOURCE, ROLE, task } from './engine.ts';

/** Calls TestState for one state, whose task gives back its arguments. */
async function tested(state: JsonObject, fields: JsonObject = {}): Promise<JsonObject> {
  const engine = new Engine({
    task: async (args) => {
      if (args === 'fail') throw new TaskFailure('Busy', 'too much');
      return args;
    },
  });
  return engine.call('TestState', {
    definition: JSON.stringify({ QueryLanguage: 'JSONata', ...state }),
    roleArn: ROLE,
    ...fields,
  });
}

const text = (value: Json): string => JSON.stringify(value);

describe('TestState', () => {
  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    [
      'a Pass state, with input and variables',
      { Type: 'Pass', Output: '{% $states.input.a + $b %}', Next: 'Later' },
      { input: '{"a":1}', variables: '{"b":2}' },
      { status: 'SUCCEEDED', output: '3', nextState: 'Later' },
    ],
    [
      'a Choice state',
      { Type: 'Choice', Choices: [{ Condition: '{% $states.input > 1 %}', Next: 'Much' }], Default: 'Little' },
      { input: '2' },
      { status: 'SUCCEEDED', output: '2', nextState: 'Much' },
    ],
    ['a Succeed state', { Type: 'Succeed' }, {}, { status: 'SUCCEEDED', output: '{}' }],
    [
      'a Fail state',
      { Type: 'Fail', Error: 'No', Cause: 'never' },
      {},
      { status: 'FAILED', error: 'No', cause: 'never' },
    ],
    [
      'a Wait state, without waiting',
      { Type: 'Wait', Seconds: 3_600, End: true },
      { input: '1' },
      { status: 'SUCCEEDED', output: '1' },
    ],
    ['a Task', task({ Arguments: 7 }), {}, { status: 'SUCCEEDED', output: '7' }],
    ['a Task that fails', task({ Arguments: 'fail' }), {}, { status: 'FAILED', error: 'Busy', cause: 'too much' }],
    [
      'a Task that would be tried again',
      task({ Arguments: 'fail', Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }] }),
      { stateConfiguration: { retrierRetryCount: 1 } },
      { status: 'RETRIABLE', error: 'Busy', cause: 'too much' },
    ],
    [
      'a Task that was tried as often as it may be, and catches',
      task({
        Arguments: 'fail',
        Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Undo' }],
      }),
      { stateConfiguration: { retrierRetryCount: 2 } },
      { status: 'CAUGHT_ERROR', output: '"Busy"', nextState: 'Undo', error: 'Busy', cause: 'too much' },
    ],
  ])('runs %s', async (_what, state, fields, expected) => {
    expect(await tested(state, fields)).toEqual(expected);
  });

  test('names an expression that fails', async () => {
    expect(await tested({ Type: 'Pass', Output: '{% $none.a + "x" %}', End: true })).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
    });
  });

  test('shows from DEBUG how the data went through the state', async () => {
    const state = task({ Arguments: { a: '{% $states.input %}' }, Assign: { last: '{% $states.result.a %}' } });
    const { inspectionData } = await tested(state, { input: '5', variables: '{"x":1}', inspectionLevel: 'DEBUG' });
    expect(inspectionData).toEqual({
      input: '5',
      afterArguments: '{"a":5}',
      result: '{"a":5}',
      variables: '{"x":1,"last":5}',
    });
    expect(await tested(state, { input: '5' })).not.toHaveProperty('inspectionData');
  });

  test('shows which clause handled an error', async () => {
    const Retry = [{ ErrorEquals: ['Other'] }, { ErrorEquals: ['Busy'], IntervalSeconds: 3 }];
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'A' },
      { ErrorEquals: ['States.ALL'], Next: 'B' },
    ];
    const details = async (fields: JsonObject) => {
      const { inspectionData } = await tested(task({ Arguments: 'fail', Catch, ...fields }), {
        inspectionLevel: 'TRACE',
      });
      return (inspectionData as JsonObject).errorDetails;
    };
    expect(await details({ Retry })).toEqual({ retryIndex: 1, retryBackoffIntervalSeconds: 3 });
    expect(await details({})).toEqual({ catchIndex: 1 });
  });

  test('takes the result or the error of a mock, without a role, and a context', async () => {
    const state = {
      Type: 'Task',
      Resource: `${RESOURCE}.waitForTaskToken`,
      Arguments: '{% $states.context.Task.Token %}',
      End: true,
    };
    const mock = (fields: JsonObject) =>
      tested(state, { roleArn: null, context: text({ Task: { Token: 't' } }), inspectionLevel: 'DEBUG', mock: fields });
    expect(await mock({ result: '{"ok":true}' })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"ok":true}',
      inspectionData: { afterArguments: '"t"' },
    });
    expect(await mock({ errorOutput: { error: 'Late', cause: 'by far' } })).toMatchObject({
      status: 'FAILED',
      error: 'Late',
      cause: 'by far',
    });
  });

  test('takes a state out of a machine, also from inside, with a mock for what runs others', async () => {
    const inner = machine({ Inner: { Type: 'Pass', Output: 'inside', End: true } });
    const all = { Type: 'Parallel', Branches: [inner], Output: '{% $states.result[0] %}', Next: 'Done' };
    const fields = (stateName: string): JsonObject => ({
      definition: text(machine({ All: all, Done: { Type: 'Succeed' } })),
      stateName,
    });
    expect(await tested({}, fields('Inner'))).toEqual({ status: 'SUCCEEDED', output: '"inside"' });
    expect(await tested({}, { ...fields('All'), mock: { result: '[1,2]' } })).toEqual({
      status: 'SUCCEEDED',
      output: '1',
      nextState: 'Done',
    });
    await expect(tested({}, fields('Nobody'))).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    ['another query language', { Type: 'Succeed', QueryLanguage: 'JSONPath' }, {}, 'InvalidDefinition'],
    ['a definition that is no JSON', {}, { definition: '{' }, 'InvalidDefinition'],
    ['a definition that is no object', {}, { definition: '1' }, 'InvalidDefinition'],
    ['an input that is no JSON', { Type: 'Succeed' }, { input: '{' }, 'InvalidExecutionInput'],
    ['variables that are no object', { Type: 'Succeed' }, { variables: '[]' }, 'ValidationException'],
    ['a mock of a state that does no work', { Type: 'Succeed' }, { mock: { result: '1' } }, 'ValidationException'],
    [
      'a mock of result and error',
      task(),
      { mock: { result: '1', errorOutput: { error: 'A' } } },
      'ValidationException',
    ],
    ['a context without a mock', task(), { context: '{}' }, 'ValidationException'],
    [
      'a Map without a mock',
      { Type: 'Map', ItemProcessor: machine({ A: { Type: 'Succeed' } }), End: true },
      {},
      'ValidationException',
    ],
    ['a Task without a role or a mock', task(), { roleArn: null }, 'ValidationException'],
    ['an unknown level', { Type: 'Succeed' }, { inspectionLevel: 'ALL' }, 'ValidationException'],
  ])('refuses %s', async (_what, state, fields, code) => {
    await expect(tested(state, fields)).rejects.toMatchObject({ code });
  });
});
