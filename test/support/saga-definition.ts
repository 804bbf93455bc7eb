/** The order saga's real definition, typed as far as tests read it, with its substitutions filled in. */
import { readFileSync } from 'node:fs';

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
  readonly TimeoutSeconds: number;
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

const room = new URL('../../statemachines/order-saga/', import.meta.url);

/** The text of a file beside the definition. */
export const readSagaFile = (name: string): string => readFileSync(new URL(name, room), 'utf8');

export const definitionText = readSagaFile('definition.asl.json');
export const definition = JSON.parse(definitionText) as SagaDefinition;

export const tasks: ReadonlyMap<string, TaskState> = new Map(
  Object.entries(definition.States).flatMap(([name, state]) => (state.Type === 'Task' ? [[name, state] as const] : [])),
);

/** @throws RangeError unless `name` is a Task of the definition. */
export function task(name: string): TaskState {
  const found = tasks.get(name);
  if (!found) throw new RangeError(`The saga has no Task ${name}.`);
  return found;
}

/** The steps that invoke a function; the call for a person is the one Task that does not. */
export const steps: readonly string[] = [...tasks].flatMap(([name, state]) => (state.Resource.endsWith('lambda:invoke') ? [name] : []));

/** The chain of compensations in the order in which it runs, without the cancellation of the order that ends it. */
export const compensations: readonly string[] = ['CancelShipment', 'VoidPayment', 'ReleaseInventory'];

/** The ARN that stands in for the function of a step in tests. */
export const functionArn = (step: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${step}`;

/** The definition as it is deployed: every substitution filled in. */
export const deployedDefinition = definitionText.replaceAll(/\$\{(\w+?)(FunctionArn)?\}/g, (_, name: string, isFunction?: string) =>
  isFunction ? functionArn(name) : name,
);
