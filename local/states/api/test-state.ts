import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { objects, present, textOf } from '../../properties.ts';
import { innerMachines, type Machine, type State } from '../definition.ts';
import { DefinitionError, Place } from '../definition-error.ts';
import type { Definitions } from '../definitions.ts';
import type { Environment } from '../environment.ts';
import { invalid, optionalChoice, optionalText, text } from '../input.ts';
import { taskResource } from '../task-resource.ts';
import { type Mock, testState } from '../test-state.ts';

const LEVELS = ['INFO', 'DEBUG', 'TRACE'] as const;
/** The name of a state that is given without its machine. */
const NAME = 'State';

export interface TestStateParts {
  readonly definitions: Definitions;
  readonly environment: (roleArn: string) => Environment;
}

export const testStateOperations = ({ definitions, environment }: TestStateParts): Operations => ({
  /** Runs one state as the interpreter does, on an execution that is not kept. */
  async TestState(input) {
    const level = optionalChoice(input, 'inspectionLevel', LEVELS) ?? 'INFO';
    const name = optionalText(input, 'stateName') ?? NAME;
    const machine = definitions.parse(
      input.stateName === undefined ? aroundState(text(input, 'definition')) : text(input, 'definition'),
    );
    const state = stateNamed(machine, name);
    if (!state) throw invalid('stateName', name, 'the name of a state of the definition');
    const mock = mockOf(input);
    checkMock(state, mock, input);
    const given = { input: parsed(input, 'input') ?? {}, context: objectOf(input, 'context') };
    const { status, step, failure, inspection } = await testState(
      { state, name, mock, variables: objectOf(input, 'variables'), retries: retriesOf(input), ...given },
      environment(optionalText(input, 'roleArn') ?? ''),
    );
    return {
      status,
      ...present({
        output: step && JSON.stringify(step.output),
        nextState: step?.next,
        error: failure?.error,
        cause: failure?.causeText,
        inspectionData: level === 'INFO' ? undefined : inspection,
      }),
    };
  },
});

/** A machine of this one state, in which all that it leads to is there. */
function aroundState(definition: string): string {
  const state = json(
    definition,
    (why) => new DefinitionError(Place.definition, why, 'INVALID_JSON_DESCRIPTION'),
  ) as JsonObject | null;
  if (typeof state !== 'object' || state === null) throw new DefinitionError(Place.definition, 'it is no object');
  const clauses = ['Choices', 'Catch'].flatMap((field) => objects(state[field]));
  const targets = [state.Next, state.Default, ...clauses.map(({ Next }) => Next)].filter((name) => name !== undefined);
  const ends = Object.fromEntries(targets.map((name) => [textOf(name), { Type: 'Succeed' }]));
  const QueryLanguage = state.QueryLanguage ?? null;
  return JSON.stringify({ StartAt: NAME, QueryLanguage, States: { ...ends, [NAME]: state } });
}

function stateNamed({ States }: Machine, name: string): State | undefined {
  if (Object.hasOwn(States, name)) return States[name];
  return Object.values(States)
    .flatMap(innerMachines)
    .map((machine) => stateNamed(machine, name))
    .find((state) => state !== undefined);
}

function mockOf(input: JsonObject): Mock | undefined {
  if (input.mock === undefined || input.mock === null) return undefined;
  const { result, errorOutput } = input.mock as JsonObject;
  if ((result === undefined) === (errorOutput === undefined)) {
    throw invalid('mock', input.mock, 'either a result or an errorOutput');
  }
  if (result !== undefined) return { result: parsed(input.mock as JsonObject, 'result') ?? null };
  return {
    error: text(errorOutput as JsonObject, 'error'),
    cause: optionalText(errorOutput as JsonObject, 'cause') ?? '',
  };
}

/** What cannot be run alone needs a mock; what runs alone cannot have one. @throws AwsError `ValidationException` */
function checkMock(state: State, mock: Mock | undefined, input: JsonObject): void {
  const worker = state.Type === 'Task' || state.Type === 'Map' || state.Type === 'Parallel';
  if (mock && !worker) throw refusal(`A state of type ${state.Type} has no mock; Task, Map and Parallel have.`);
  if (optionalText(input, 'context') !== undefined && !mock) throw refusal('A context is for a state with a mock.');
  if (mock || !worker) return;
  if (state.Type !== 'Task' || taskResource(state.Resource).pattern !== 'response') {
    throw refusal(
      `A Map, a Parallel, and a Task that waits for more than the answer of its call are tested with a mock.`,
    );
  }
  if (optionalText(input, 'roleArn') === undefined) {
    throw refusal('A Task without a mock needs a roleArn, which says what it may call.');
  }
}

function retriesOf({ stateConfiguration }: JsonObject): number {
  const { retrierRetryCount = 0 } = (stateConfiguration ?? {}) as JsonObject;
  if (Number.isInteger(retrierRetryCount)) return retrierRetryCount as number;
  throw invalid('retrierRetryCount', retrierRetryCount, 'a whole number');
}

function parsed(input: JsonObject, field: string): Json | undefined {
  const value = optionalText(input, field);
  if (value === undefined) return undefined;
  return json(value, (why) =>
    field === 'input' ? new AwsError('InvalidExecutionInput', why) : refusal(`${field}: ${why}`),
  );
}

function objectOf(input: JsonObject, field: string): JsonObject {
  const value = parsed(input, field) ?? {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalid(field, value, 'JSON of an object');
}

function json(value: string, error: (why: string) => AwsError): Json {
  try {
    return JSON.parse(value) as Json;
  } catch (failure) {
    throw error(`it is not JSON: ${(failure as Error).message}`);
  }
}

const refusal = (message: string): AwsError => new AwsError('ValidationException', message);
