/** The sagas' real definitions, typed as far as tests read them, with their substitutions filled in. */
import { readFileSync } from 'node:fs';
import { type Definition, type Entry, partOf } from '../../../lib/constructs/part-of-saga.ts';
import { CANCELLATION } from '../../../lib/contexts/orders/cancellation.ts';

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxDelaySeconds: number;
  readonly MaxAttempts: number;
  readonly JitterStrategy: string;
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
  readonly Next: string;
}

export interface TaskState {
  readonly Type: 'Task';
  readonly Comment: string;
  readonly Resource: string;
  readonly Arguments: Readonly<Record<string, unknown>>;
  /** Seconds, or an expression that gives them. */
  readonly TimeoutSeconds: number | string;
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output: unknown;
  readonly Next?: string;
  readonly End?: true;
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Comment: string;
  readonly Error: string;
  readonly Cause: string;
}

export interface SagaDefinition {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, TaskState | FailState>>;
}

/** A saga as `statemachines/<name>/` has it, or the part of one that begins at an entry. */
export interface Saga {
  readonly name: string;
  readonly definition: SagaDefinition;
  readonly definitionText: string;
  /** The table of its scenarios; that of the saga that it is a part of, if it is a part. */
  readonly scenariosText: string;
  /** The definition as it is deployed: every substitution filled in. */
  readonly deployedDefinition: string;
  readonly tasks: ReadonlyMap<string, TaskState>;
  /** The Tasks that invoke a function of their own, and are done when it answers. */
  readonly steps: readonly string[];
  /** The Tasks that invoke AwaitRecovery, and wait for their token. */
  readonly waits: readonly string[];
  /** @throws RangeError unless `name` is a Task of the definition. */
  readonly task: (name: string) => TaskState;
  /** The text of a file beside the definition. */
  readonly readFile: (name: string) => string;
}

/** The ARN that stands in for the function of a step in tests. */
export const functionArn = (step: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${step}`;

interface Source {
  /** The folder below `statemachines/`. @default the saga's name */
  readonly folder?: string;
  /** Where to enter the definition. @default its start */
  readonly entry?: Entry;
  /** The release whose recorded definition and scenarios are to be read. @default those of now */
  readonly release?: string;
}

const tasksOf = (tasks: Saga['tasks'], integration: string): string[] =>
  [...tasks].flatMap(([state, { Resource }]) => (Resource.endsWith(`:${integration}`) ? [state] : []));

function sagaOf(name: string, { folder: folderName = name, entry, release }: Source = {}): Saga {
  const folder = new URL(`../../../statemachines/${folderName}/`, import.meta.url);
  const readFile = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
  const readRecorded = (file: string): string =>
    readFileSync(new URL(`../../saga/recorded-definitions/${release}/${file}`, import.meta.url), 'utf8');
  const whole = release ? readRecorded(`${name}.asl.json`) : readFile('definition.asl.json');
  const definitionText = entry ? JSON.stringify(partOf(JSON.parse(whole) as Definition, entry)) : whole;
  const definition = JSON.parse(definitionText) as SagaDefinition;
  const tasks = new Map(
    Object.entries(definition.States).flatMap(([state, it]) => (it.Type === 'Task' ? [[state, it] as const] : [])),
  );
  return {
    name,
    definition,
    definitionText,
    scenariosText: release ? readRecorded(`${folderName}.scenarios.json`) : readFile('scenarios.json'),
    tasks,
    readFile,
    deployedDefinition: definitionText.replaceAll(
      /\$\{(\w+?)(FunctionArn)?\}/g,
      (_, resource: string, isFunction?: string) => (isFunction ? functionArn(resource) : resource),
    ),
    steps: tasksOf(tasks, 'lambda:invoke'),
    waits: tasksOf(tasks, 'lambda:invoke.waitForTaskToken'),
    task(state) {
      const found = tasks.get(state);
      if (!found) throw new RangeError(`The saga ${name} has no Task ${state}.`);
      return found;
    },
  };
}

export const ORDER_SAGA = sagaOf('order-saga');
export const ITEMS_CHANGE = sagaOf('items-change');
/** What undoes a confirmed order. */
export const CANCELLATION_SAGA = sagaOf('cancellation', { folder: 'order-saga', entry: CANCELLATION });
/** The sagas as a release has deployed them: executions that were started then run to their end on these definitions. */
export const recordedSagas = (release: string): readonly Saga[] => [
  sagaOf('order-saga', { release }),
  sagaOf('items-change', { release }),
  sagaOf('cancellation', { release, folder: 'order-saga' }),
];

/** Fields of the context object that older engines and recordings leave out. */
const OPTIONAL_FIELDS = ['State.RetryCount', 'Execution.RedriveCount'];

/** A saga that runs on an engine without the optional fields: it reads fields of other names, which are not there. */
export const withoutOptionalFields = (saga: Saga): Saga => ({
  ...saga,
  deployedDefinition: OPTIONAL_FIELDS.reduce(
    (text, field) => text.replaceAll(`$states.context.${field}`, `$states.context.${field}LeftOut`),
    saga.deployedDefinition,
  ),
});

/** Every saga, by its name, for tests of what they have in common. */
export const SAGAS: readonly (readonly [string, Saga])[] = [ORDER_SAGA, ITEMS_CHANGE].map((saga) => [saga.name, saga]);
