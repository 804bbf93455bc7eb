import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { Engine, machine, RESOURCE, task } from './engine.ts';

interface Validation {
  readonly result: string;
  readonly diagnostics: readonly { readonly severity: string; readonly code: string; readonly location: string }[];
  readonly truncated: boolean;
}

async function validated(definition: Json, fields: JsonObject = {}): Promise<Validation> {
  const input = { definition: JSON.stringify(definition), ...fields };
  return (await new Engine().call('ValidateStateMachineDefinition', input)) as unknown as Validation;
}

const faults = async (definition: Json, fields: JsonObject = {}): Promise<string[]> =>
  (await validated(definition, fields)).diagnostics.map(({ code, location }) => `${code} ${location}`);

const done: JsonObject = { Type: 'Succeed' };

describe('ValidateStateMachineDefinition tells', () => {
  test('all faults of a definition, each where it is', async () => {
    const inside = { StartAt: 'Gone', States: { A: { Type: 'Pass', End: true, Color: 1 }, B: done } };
    const definition = machine(
      {
        Work: task({ TimeoutSeconds: 0, Arguments: { a: ['{% 1 + %}', '{% ) %}'] }, Next: 'Both' }),
        Both: { Type: 'Parallel', Branches: [inside, null], Retry: [{ ErrorEquals: [] }, 5], Catch: [{}], Next: 7 },
        Work2: task({ Resource: 'arn:aws:states:::nothing:here' }),
        Each: {
          Type: 'Map',
          Items: 5,
          Label: 'a',
          ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Wait', End: true } }, ProcessorConfig: { Mode: 'ODD' } },
          Next: 'Work2',
        },
        Choose: { Type: 'Choice', Choices: [{ Condition: 1, Next: 'Nowhere' }], Default: 'Nowhere' },
        ['x'.repeat(81)]: { Type: 'Dance' },
        Empty: null,
      },
      { TimeoutSeconds: 'soon' },
    );
    expect(await faults(definition)).toEqual([
      'SCHEMA_VALIDATION_FAILED /TimeoutSeconds',
      'SCHEMA_VALIDATION_FAILED /States/Work/TimeoutSeconds',
      'SCHEMA_VALIDATION_FAILED /States/Work/Arguments/a[0]',
      'SCHEMA_VALIDATION_FAILED /States/Work/Arguments/a[1]',
      'SCHEMA_VALIDATION_FAILED /States/Both/Next',
      'SCHEMA_VALIDATION_FAILED /States/Both/Retry[0]/ErrorEquals',
      'SCHEMA_VALIDATION_FAILED /States/Both/Retry[1]',
      'SCHEMA_VALIDATION_FAILED /States/Both/Catch[0]/ErrorEquals',
      'MISSING_TRANSITION_TARGET /States/Both/Catch[0]/Next',
      'MISSING_TRANSITION_TARGET /States/Both/Branches[0]/StartAt',
      'SCHEMA_VALIDATION_FAILED /States/Both/Branches[0]/States/A/Color',
      'MISSING_TRANSITION_TARGET /States/Both/Branches[0]/States/A',
      'MISSING_TRANSITION_TARGET /States/Both/Branches[0]/States/B',
      'SCHEMA_VALIDATION_FAILED /States/Both/Branches[1]',
      'SCHEMA_VALIDATION_FAILED /States/Work2/Resource',
      'SCHEMA_VALIDATION_FAILED /States/Each/Items',
      'SCHEMA_VALIDATION_FAILED /States/Each/ItemProcessor/ProcessorConfig/Mode',
      'SCHEMA_VALIDATION_FAILED /States/Each/Label',
      'DUPLICATE_STATE_NAME /States/Each/ItemProcessor/States/B',
      'SCHEMA_VALIDATION_FAILED /States/Each/ItemProcessor/States/B',
      'SCHEMA_VALIDATION_FAILED /States/Choose/Choices[0]/Condition',
      'MISSING_TRANSITION_TARGET /States/Choose/Choices[0]/Next',
      'MISSING_TRANSITION_TARGET /States/Choose/Default',
      `INVALID_STATE_NAME /States/${'x'.repeat(81)}`,
      `SCHEMA_VALIDATION_FAILED /States/${'x'.repeat(81)}/Type`,
      'SCHEMA_VALIDATION_FAILED /States/Empty/Type',
      ...['Each', 'Choose', 'x'.repeat(81), 'Empty'].map((name) => `MISSING_TRANSITION_TARGET /States/${name}`),
    ]);
  });

  test.each<[string, JsonObject, string]>([
    ['that a machine never ends', { A: { Type: 'Pass', Next: 'A' } }, 'MISSING_END_STATE /States'],
    [
      'that two Maps have one label',
      {
        One: { ...distributedMap('each', 'X'), Next: 'Two' },
        Two: { ...distributedMap('each', 'Y'), End: true },
      },
      'DUPLICATE_LABEL_NAME /States/Two/Label',
    ],
  ])('%s', async (_what, states, fault) => {
    expect(await faults(machine(states))).toEqual([fault]);
  });

  test('what only a STANDARD state machine can have', async () => {
    const waiting = task({ Resource: `${RESOURCE}.waitForTaskToken`, Next: 'Each' });
    const states = { Wait: waiting, Each: { ...distributedMap('each', 'X'), End: true } };
    expect(await faults(machine(states))).toEqual([]);
    expect(await faults(machine(states), { type: 'EXPRESS' })).toEqual([
      'SCHEMA_VALIDATION_FAILED /States/Wait/Resource',
      'SCHEMA_VALIDATION_FAILED /States/Each/ItemProcessor',
    ]);
  });

  test('at most as many faults as are asked for, and that there are more', async () => {
    const states = Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`S${index}`, { Type: 'Dance' }]));
    const told = async (fields: JsonObject) => {
      const { diagnostics, truncated, result } = await validated(machine({ ...states, End: done }), fields);
      return [result, diagnostics.length, truncated];
    };
    expect(await told({})).toEqual(['FAIL', 100, true]);
    expect(await told({ maxResults: 0 })).toEqual(['FAIL', 100, true]);
    expect(await told({ maxResults: 7, severity: 'WARNING' })).toEqual(['FAIL', 7, true]);
    await expect(told({ maxResults: 101 })).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(told({ severity: 'NOTICE' })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('that null and a list are no definitions', async () => {
    for (const nothing of [null, [], 5]) expect(await validated(nothing)).toMatchObject({ result: 'FAIL' });
  });
});

function distributedMap(label: string, state: string): JsonObject {
  return {
    Type: 'Map',
    Label: label,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: state,
      States: { [state]: done },
    },
  };
}
