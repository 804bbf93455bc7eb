/** The sagas' real definitions, carried out one state at a time on plain data. */
import jsonata from 'jsonata';
import { CANCELLATION_SAGA, type Catcher, ORDER_SAGA, type Saga, type TaskState } from '../support/saga/definition.ts';
import type { Call } from './order.ts';
import type { StepInput } from './steps.ts';

/** A saga under way, or at its end. */
export interface Execution {
  readonly machine: 'order' | 'cancellation';
  /** Where it is; undefined at its end. */
  readonly state?: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Whether the state is tried again: how often does not matter to any rule. */
  readonly retried: boolean;
  /** It has tried again what was refused. */
  readonly insists?: true;
  /** The call that it waits for. */
  readonly call?: Call;
  /** How it ended. */
  readonly end?: 'succeeded' | 'failed';
}

export type Machines = Readonly<Record<Execution['machine'], Readonly<Record<string, TaskState>>>>;

const statesOf = ({ definition }: Saga): Record<string, TaskState> => {
  const states = structuredClone(definition.States) as Record<string, TaskState>;
  return Object.fromEntries(Object.entries(states).filter(([, { Type }]) => Type === 'Task'));
};

/** A copy of the definitions as they are deployed, which a mutant may change. */
export const machines = (): Machines => ({ order: statesOf(ORDER_SAGA), cancellation: statesOf(CANCELLATION_SAGA) });

export const started = (machine: Execution['machine']): Execution =>
  machine === 'order'
    ? { machine, state: 'ReserveInventory', input: { orderId: 'o' }, variables: {}, retried: false }
    : {
        machine,
        state: 'CancelShipment',
        input: { orderId: 'o' },
        variables: { reason: 'customer_request', unfinished: [] },
        retried: false,
      };

export const isWait = ({ Resource }: TaskState): boolean => Resource.endsWith('.waitForTaskToken');

const compiled = new Map<string, ReturnType<typeof jsonata>>();
const evaluated = new Map<string, unknown>();

/** The value of an expression, or of a template with expressions inside. The same expression over the same data is evaluated once. */
async function evaluate(template: unknown, execution: Execution, error?: string): Promise<unknown> {
  if (typeof template === 'string') {
    if (!template.startsWith('{%')) return template;
    const { input, variables, retried } = execution;
    const states = {
      input,
      context: {
        State: { RetryCount: Number(retried) },
        Execution: { RedriveCount: 0, Name: 'o' },
        Task: { Token: 'token' },
      },
      ...(error !== undefined && { errorOutput: { Error: error } }),
    };
    const bindings = { states, ...variables };
    const key = `${template}${JSON.stringify(bindings)}`;
    if (!evaluated.has(key)) {
      const source = template.slice(2, -2);
      if (!compiled.has(source)) compiled.set(source, jsonata(source));
      const value: unknown = await compiled.get(source)!.evaluate({}, bindings);
      evaluated.set(key, value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
    }
    return evaluated.get(key);
  }
  if (Array.isArray(template)) return Promise.all(template.map((item) => evaluate(item, execution, error)));
  if (typeof template !== 'object' || template === null) return template;
  const entries = Object.entries(template).map(
    async ([name, inner]) => [name, await evaluate(inner, execution, error)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** What the state gives its function. */
export async function inputOf(state: TaskState, execution: Execution): Promise<StepInput> {
  const payload = (await evaluate(state.Arguments['Payload'], execution)) as Partial<StepInput>;
  return { attempt: 0, reason: '', unfinished: [], ...payload };
}

/** Goes on after the state was done. */
export async function succeeded(state: TaskState, execution: Execution): Promise<Execution> {
  const { call: _, ...before } = execution;
  const assigned = (await evaluate(state.Assign ?? {}, before)) as Execution['variables'];
  const output = state.Output === undefined ? {} : ((await evaluate(state.Output, before)) as Execution['input']);
  return moved(before, { assigned, output, next: state.Next });
}

const matches = (names: readonly string[], error: string): boolean =>
  names.includes(error) || names.includes('States.ALL');

/** What a shop, a card or an address refuses, it refuses for good. */
const REFUSALS = [
  'OutOfStock',
  'PaymentDeclined',
  'AddressRefused',
  'ReservationReleased',
  'PaymentVoided',
  'ShipmentWithdrawn',
];

/** Every way in which the execution goes on after an error: it may try again as long as a Retry has the error, or have tried for the last time. */
export async function failed(state: TaskState, execution: Execution, error: string): Promise<readonly Execution[]> {
  const { call: _, ...before } = execution;
  const mayRetry = state.Retry.some(({ ErrorEquals }) => matches(ErrorEquals, error));
  const catcher = state.Catch.find(({ ErrorEquals }) => matches(ErrorEquals, error));
  const caught = catcher === undefined ? ended(before, 'failed') : await caughtBy(catcher, before, error);
  if (!mayRetry) return [caught];
  return [{ ...before, retried: true, ...(REFUSALS.includes(error) && { insists: true }) }, caught];
}

async function caughtBy(catcher: Catcher, execution: Execution, error: string): Promise<Execution> {
  const assigned = (await evaluate(catcher.Assign ?? {}, execution, error)) as Execution['variables'];
  const output = (await evaluate(catcher.Output ?? {}, execution, error)) as Execution['input'];
  return moved(execution, { assigned, output, next: catcher.Next });
}

function moved(
  execution: Execution,
  {
    assigned,
    output,
    next,
  }: {
    readonly assigned: Execution['variables'];
    readonly output: Execution['input'];
    readonly next: string | undefined;
  },
): Execution {
  if (next === undefined) return ended(execution, 'succeeded');
  const variables = { ...execution.variables, ...assigned };
  return { machine: execution.machine, state: next, input: output, variables, retried: false };
}

/** At its end nothing of what it knew matters any more. */
const ended = ({ machine }: Execution, end: 'succeeded' | 'failed'): Execution => ({
  machine,
  input: {},
  variables: {},
  retried: false,
  end,
});
