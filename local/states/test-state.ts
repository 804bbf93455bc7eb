import type { Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import { Branch } from './branch.ts';
import type { HistoryEvent } from './commit-log.ts';
import type { Catcher, Retrier, State } from './definition.ts';
import type { Environment } from './environment.ts';
import { TaskFailure } from './failure.ts';
import { runState } from './interpreter.ts';
import { recover } from './retry.ts';
import { ExecutionRun } from './run.ts';
import { StopSignal } from './stop-signal.ts';
import { LAMBDA_INVOKE, taskResource } from './task-resource.ts';
import { type Step, Visit } from './visit.ts';

/** What the state's work gives instead of being done. */
export type Mock = { readonly result: Json } | { readonly error: string; readonly cause: string };

export interface StateTest {
  readonly state: State;
  readonly name: string;
  readonly input: Json;
  readonly variables: JsonObject;
  /** What `$states.context` has. */
  readonly context: JsonObject;
  readonly mock: Mock | undefined;
  /** How often the retrier that names the error was used before. */
  readonly retries: number;
}

export interface TestedState {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly step?: Step;
  readonly failure?: TaskFailure;
  /** As TestState shows it from the level DEBUG. */
  readonly inspection: JsonObject;
}

type Handled = { readonly Retry?: readonly Retrier[]; readonly Catch?: readonly Catcher[] };

/** Runs one state once, on its own: what it would retry or catch is told, and not waited for. */
export async function testState(test: StateTest, environment: Environment): Promise<TestedState> {
  const { state, name, input, variables, context, mock, retries } = test;
  const { Retry, Catch, ...bare } = state as State & Handled;
  const events: HistoryEvent[] = [];
  const now = () => environment.clock.now();
  const write = async (more: readonly HistoryEvent[]) => void events.push(...more);
  const run = new ExecutionRun({ arn: name, context, lastEventId: 0, now, write });
  const branch = new Branch({ run, signal: new StopSignal(), previousId: 0, variables });
  const tested = mock ? withoutToken(bare) : bare;
  const visit = new Visit(tested, name, input, branch, forTest(environment, tested, mock), undefined);
  const done = (
    status: TestedState['status'],
    rest: Omit<TestedState, 'status' | 'inspection'>,
    errorDetails?: JsonObject,
  ) => {
    events.push(...run.takeEvents());
    const inspection = { ...seen(events), ...present({ errorDetails }), variables: JSON.stringify(branch.variables) };
    return { status, ...rest, inspection: { input: JSON.stringify(input), ...inspection } };
  };
  try {
    return done('SUCCEEDED', { step: await (mock ? mocked(visit, mock) : runState(visit)) });
  } catch (failure) {
    if (!(failure instanceof TaskFailure)) throw failure;
    const handled: Handled = present({ Retry, Catch });
    const used = (Retry ?? []).map(() => retries);
    const recovery = recover(handled, failure, used, environment.generators.random);
    if (recovery.kind === 'fail') return done('FAILED', { failure });
    if (recovery.kind === 'retry') {
      const retryIndex = recovery.attempts.findIndex((attempts, index) => attempts !== used[index]);
      return done('RETRIABLE', { failure }, { retryIndex, retryBackoffIntervalSeconds: recovery.delayMs / 1_000 });
    }
    const { catcher } = recovery;
    const errorOutput = failure.output;
    const step = await visit.leave(catcher, { errorOutput }, errorOutput, catcher.Next);
    return done('CAUGHT_ERROR', { failure, step }, { catchIndex: (Catch ?? []).indexOf(catcher) });
  }
}

/** The work of a Parallel or Map state is its mock; a Task calls its mock. */
async function mocked(visit: Visit, mock: Mock): Promise<Step> {
  const { state } = visit;
  if (state.Type !== 'Parallel' && state.Type !== 'Map') return runState(visit);
  if (state.Type === 'Parallel' && state.Arguments !== undefined) await visit.fill('Arguments', state.Arguments);
  if (state.Type === 'Map' && state.Items !== undefined) await visit.fill('Items', state.Items);
  const result = resultOf(mock);
  return visit.leave(state, { result }, result, state.Next);
}

/** A mock is what the task gives in the end, not what its call gives. */
function withoutToken(state: State): State {
  if (state.Type !== 'Task') return state;
  const { kind, called } = taskResource(state.Resource);
  return { ...state, Resource: kind === 'service' ? called : LAMBDA_INVOKE };
}

/** Where a Wait state waits for nothing, and a Task calls its mock. */
function forTest(environment: Environment, state: State, mock: Mock | undefined): Environment {
  if (state.Type === 'Wait') {
    const at = (_atMs: number, action: () => void) => {
      const soon = setImmediate(action);
      return () => clearImmediate(soon);
    };
    return { ...environment, clock: { now: () => environment.clock.now(), at } };
  }
  if (state.Type !== 'Task' || !mock) return environment;
  return { ...environment, integrations: () => async () => resultOf(mock) };
}

function resultOf(mock: Mock): Json {
  if ('result' in mock) return mock.result;
  throw new TaskFailure(mock.error, mock.cause);
}

/** What the events say of the way of the data through the state. */
function seen(events: readonly HistoryEvent[]): JsonObject {
  const details = (what: string): JsonObject =>
    (Object.values(events.find(({ type }) => type.endsWith(what))?.details ?? {})[0] ?? {}) as JsonObject;
  const scheduled = details('Scheduled');
  return present({ afterArguments: scheduled.parameters ?? scheduled.input, result: details('Succeeded').output });
}
