import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { AwsError } from '../../../../local/contracts.ts';
import { onlyIntegrations } from '../../../../local/states/integration.ts';
import { parseDefinition } from '../../../../local/states/validate.ts';
import { machine, RESOURCE, task } from './engine.ts';

const parse = (definition: string) => parseDefinition(definition, onlyIntegrations({ [RESOURCE]: async () => null }));

function refusalOf(definition: string): AwsError {
  try {
    parse(definition);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('The definition was accepted.');
}

const done: JsonObject = { Type: 'Succeed' };
const inner = (states: JsonObject): JsonObject => ({ StartAt: Object.keys(states)[0]!, States: states });

describe('a definition', () => {
  test('with every type of state and every field is accepted', () => {
    const states = {
      Task: task({
        Comment: 'c',
        QueryLanguage: 'JSONata',
        Arguments: {},
        TimeoutSeconds: 10,
        HeartbeatSeconds: '{% 5 %}',
        Assign: { a: 1 },
        Output: 1,
        Next: 'Parallel',
        Retry: [
          {
            ErrorEquals: ['A', 'B'],
            IntervalSeconds: 1,
            MaxAttempts: 0,
            BackoffRate: 1.5,
            MaxDelaySeconds: 2,
            JitterStrategy: 'FULL',
          },
          { ErrorEquals: ['States.ALL'] },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Fail', Assign: { a: 2 }, Output: 1 }],
      }),
      Parallel: { Type: 'Parallel', Branches: [inner({ A: done })], Arguments: 1, Retry: [], Catch: [], Next: 'Map' },
      Map: {
        Type: 'Map',
        Items: [1],
        ItemSelector: 1,
        ItemProcessor: { ...inner({ B: done }), ProcessorConfig: { Mode: 'INLINE' } },
        MaxConcurrency: 2,
        Next: 'Choice',
      },
      Choice: {
        Type: 'Choice',
        Choices: [{ Condition: true, Next: 'Wait', Assign: { a: 3 }, Output: 1, Comment: 'c' }],
        Default: 'Fail',
        Assign: { a: 4 },
        Output: 1,
      },
      Wait: { Type: 'Wait', Seconds: 1, Next: 'Wait2' },
      Wait2: { Type: 'Wait', Timestamp: '2026-11-21T00:00:00Z', Next: 'Token' },
      Token: task({ Resource: `${RESOURCE}.waitForTaskToken`, Next: 'Pass' }),

      Pass: { Type: 'Pass', Assign: { _a1: 1 }, Output: 1, Next: 'Done' },
      Done: { Type: 'Succeed', Output: 1 },
      Fail: { Type: 'Fail', Error: 'E', Cause: 'C' },
    };
    expect(
      Object.keys(parse(JSON.stringify(machine(states, { Comment: 'c', Version: '1.0', TimeoutSeconds: 10 }))).States),
    ).toHaveLength(10);
  });

  test.each([
    ['', 'not JSON'],
    ['{', 'not JSON'],
    ['null', 'QueryLanguage is absent'],
    ['[]', 'QueryLanguage is absent'],
    ['{"QueryLanguage":"JSONPath"}', 'QueryLanguage is JSONPath'],
  ])('of the text %j is refused', (text, why) => {
    expect(refusalOf(text)).toMatchObject({ code: 'InvalidDefinition', message: expect.stringContaining(why) });
  });

  test.each<[string, JsonObject, string]>([
    ['without StartAt', { QueryLanguage: 'JSONata', States: { A: done } }, 'in the definition, StartAt'],
    ['without States', { QueryLanguage: 'JSONata', StartAt: 'A' }, 'in the definition, States'],
    [
      'that starts nowhere',
      { QueryLanguage: 'JSONata', StartAt: 'B', States: { A: done } },
      'in the definition, StartAt',
    ],
    [
      'that starts at a name every object has',
      { QueryLanguage: 'JSONata', StartAt: 'toString', States: { A: done } },
      'in the definition, StartAt',
    ],
    ['with an unknown field', machine({ A: done }, { Processor: 1 }), 'in the definition, Processor'],
    ['with a broken timeout', machine({ A: done }, { TimeoutSeconds: 0 }), 'in the definition, TimeoutSeconds'],
    [
      'with a state to which no other leads',
      machine({ A: done, B: { Type: 'Pass', Next: 'A' } }),
      'in state B: no state leads to it',
    ],
    [
      'with a branch in which a state is lost',
      machine({ A: { Type: 'Parallel', Branches: [inner({ B: done, C: done })], End: true } }),
      'in state C: no state leads to it',
    ],
    [
      'with a name twice, in different lines',
      machine({ A: { Type: 'Parallel', Branches: [inner({ A: done })], End: true } }),
      'in state A: another state',
    ],
  ])('%s is refused', (_what, definition, where) => {
    expect(refusalOf(JSON.stringify(definition))).toMatchObject({
      code: 'InvalidDefinition',
      message: expect.stringContaining(where),
    });
  });

  test.each<[string, unknown, string]>([
    ['of no type', {}, 'state X, Type'],
    ['of an unknown type', { Type: 'Dance' }, 'state X, Type'],
    ['of a type that every object has', { Type: 'constructor' }, 'state X, Type'],
    ['that is no object', null, 'state X, Type'],
    ['in JSONPath', { ...done, QueryLanguage: 'JSONPath' }, 'state X, QueryLanguage'],
    ['with a field of JSONPath', task({ ResultPath: '$.a' }), 'state X, ResultPath'],
    ['with a field of another type', { Type: 'Pass', Retry: [], End: true }, 'state X, Retry'],
    ['that goes nowhere', { Type: 'Pass' }, 'state X, Next'],
    ['that goes to a state that is not there', { Type: 'Pass', Next: 'Gone' }, 'state X, Next'],
    ['that goes on and ends', { Type: 'Pass', Next: 'X', End: true }, 'state X: it has both'],
    [
      'with a broken expression',
      { Type: 'Pass', Output: { a: '{% 1 + %}' }, End: true },
      'state X, Output, a: the expression',
    ],
    ['that assigns $states', { Type: 'Pass', Assign: { states: 1 }, End: true }, 'state X, Assign'],
    ['that assigns what is no name', { Type: 'Pass', Assign: { 'a-b': 1 }, End: true }, 'state X, Assign'],
    ['Task without Resource', { Type: 'Task', End: true }, 'state X, Resource'],
    ['Task that waits for the end of a function', task({ Resource: `${RESOURCE}.sync` }), 'state X, Resource'],
    ['Credentials without a role', task({ Credentials: { Role: 'r' } }), 'state X, Credentials'],
    ['Credentials whose role is no ARN', task({ Credentials: { RoleArn: 'r' } }), 'state X, Credentials'],
    ['Task that calls what is not there', task({ Resource: 'arn:aws:states:::dynamodb:getItem' }), 'state X, Resource'],
    ['Task with a timeout in words', task({ TimeoutSeconds: 'soon' }), 'state X, TimeoutSeconds'],
    [
      'Task with heartbeats rarer than its timeout',
      task({ TimeoutSeconds: 10, HeartbeatSeconds: 10 }),
      'state X, HeartbeatSeconds',
    ],
    ['Task with half a second', task({ TimeoutSeconds: 0.5 }), 'state X, TimeoutSeconds'],
    ['Parallel without Branches', { Type: 'Parallel', End: true }, 'state X, Branches'],
    ['Parallel with no branch', { Type: 'Parallel', Branches: [], End: true }, 'state X, Branches'],
    ['Parallel with a branch that is none', { Type: 'Parallel', Branches: [null], End: true }, 'state X, Branches[0]'],
    [
      'Parallel with a timeout in a branch',
      { Type: 'Parallel', Branches: [{ ...inner({ A: done }), TimeoutSeconds: 1 }], End: true },
      'state X, Branches[0], TimeoutSeconds',
    ],
    ['Map without ItemProcessor', { Type: 'Map', End: true }, 'state X, ItemProcessor'],
    [
      'Map that is distributed',
      { Type: 'Map', ItemProcessor: { ...inner({ A: done }), ProcessorConfig: { Mode: 'DISTRIBUTED' } }, End: true },
      'state X, ItemProcessor',
    ],
    [
      'Map that tolerates a part of a failure',
      { Type: 'Map', ItemProcessor: inner({ A: done }), ToleratedFailureCount: 1.5, End: true },
      'state X, ToleratedFailureCount',
    ],
    ['Choice without Choices', { Type: 'Choice' }, 'state X, Choices'],
    [
      'Choice with a rule that has no condition',
      { Type: 'Choice', Choices: [{ Next: 'X' }] },
      'state X, Choices[0], Condition',
    ],
    [
      'Choice with a rule of JSONPath',
      { Type: 'Choice', Choices: [{ Variable: '$.a', BooleanEquals: true, Next: 'X' }] },
      'state X, Choices[0], Variable',
    ],
    [
      'Choice with a rule that goes nowhere',
      { Type: 'Choice', Choices: [{ Condition: true }] },
      'state X, Choices[0], Next',
    ],
    [
      'Choice with a Default that is not there',
      { Type: 'Choice', Choices: [{ Condition: true, Next: 'X' }], Default: 'Gone' },
      'state X, Default',
    ],
    ['Choice that ends', { Type: 'Choice', Choices: [{ Condition: true, Next: 'X' }], End: true }, 'state X, End'],
    ['Wait for nothing', { Type: 'Wait', End: true }, 'state X: a Wait state'],
    [
      'Wait for two things',
      { Type: 'Wait', Seconds: 1, Timestamp: '2026-11-21T00:00:00Z', End: true },
      'state X: a Wait state',
    ],
    ['Retry without ErrorEquals', task({ Retry: [{}] }), 'state X, Retry[0], ErrorEquals'],
    ['Retry with no error', task({ Retry: [{ ErrorEquals: [] }] }), 'state X, Retry[0], ErrorEquals'],
    [
      'Retry with an unknown jitter',
      task({ Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] }),
      'state X, Retry[0], JitterStrategy',
    ],
    [
      'Retry with a delay below its interval',
      task({ Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] }),
      'state X, Retry[0], MaxDelaySeconds',
    ],
    [
      'Retry with shrinking delays',
      task({ Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }),
      'state X, Retry[0], BackoffRate',
    ],
    [
      'Retry with States.ALL in company',
      task({ Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] }),
      'state X, Retry[0], ErrorEquals',
    ],
    [
      'Catch with States.ALL before another',
      task({
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'X' },
          { ErrorEquals: ['A'], Next: 'X' },
        ],
      }),
      'state X, Catch[0], ErrorEquals',
    ],
    ['Catch that goes nowhere', task({ Catch: [{ ErrorEquals: ['A'], Next: 'Gone' }] }), 'state X, Catch[0], Next'],
  ])('with a state %s is refused', (_what, state, where) => {
    expect(refusalOf(JSON.stringify(machine({ X: state as JsonObject })))).toMatchObject({
      code: 'InvalidDefinition',
      message: expect.stringContaining(`in ${where}`),
    });
  });

  test('cannot leave a branch for a state outside it', () => {
    const definition = machine({
      X: { Type: 'Parallel', Branches: [inner({ A: { Type: 'Pass', Next: 'Outside' } })], Next: 'Outside' },
      Outside: done,
    });
    expect(refusalOf(JSON.stringify(definition)).message).toContain('in state A, Next');
  });
});
