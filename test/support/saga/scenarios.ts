/** The scenario table beside a saga's definition, and the little language of its answers. */
import { CANCELLATION_SAGA, type Saga } from './definition.ts';
import { pathFrom } from './order-saga.ts';
import { type StepAnswer, StepError } from './steps.ts';

/**
 * One row. A step answers as `answers` says and well afterwards; every state of `path` is entered once, and
 * its step is called once unless `calls` gives another number.
 */
export interface Scenario {
  readonly name: string;
  /** By step: `Error`, `Error x3` or `Error always`; the error `silence` never answers, `outage` stops the runtime for a day. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly path: readonly string[];
  readonly calls?: Readonly<Record<string, number>>;
  /** What reaches the bus as details of `OrderParked`, without the order's id. */
  readonly published?: readonly { readonly step: string; readonly error: string }[];
  /** A success gives its whole output but the ids; a failure its error. */
  readonly end: {
    readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
    readonly error?: string;
    readonly reason?: string;
    readonly parked?: readonly { readonly step: string; readonly error: string }[];
  };
}

export function scenariosOf(saga: Saga): readonly Scenario[] {
  const scenarios = JSON.parse(saga.scenariosText) as readonly Scenario[];
  return saga.name === CANCELLATION_SAGA.name
    ? scenarios.flatMap((scenario) => ofCancellation(saga, scenario))
    : scenarios;
}

/** What a scenario that ends in the chain of compensations is for an order of which everything was done. */
function ofCancellation(
  { tasks, steps }: Saga,
  { name, answers, path, calls = {}, published, end }: Scenario,
): Scenario[] {
  if (!path.includes('CancelOrder')) return [];
  const parked = end.parked ?? [];
  const own = <Value>(byStep: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(byStep).filter(([step]) => tasks.has(step)));
  return [
    {
      name: `cancelled after its confirmation: ${name}`,
      answers: own(answers),
      path: ['Begin', ...pathFrom({ tasks }, steps[0]!).slice(0, -1), ...path.slice(path.indexOf('CancelOrder'))],
      calls: own(calls),
      ...(published ? { published } : {}),
      end: end.status === 'SUCCEEDED' ? { ...end, reason: 'customer_request', parked } : end,
    },
  ];
}

/** What a step does when called for the `call`th time (from 1): `ok`, `silence`, `outage` or the name of an error. */
function answerOf(scenario: Scenario, step: string, call: number): string {
  let left = call;
  for (const answer of scenario.answers[step] ?? []) {
    const [, name, times] = /^(\S+)(?: x(\d+)| always)?$/.exec(answer) ?? [];
    if (name === undefined) throw new SyntaxError(`"${answer}" is no answer; see the scenario table's type.`);
    left -= answer.endsWith(' always') ? Infinity : Number(times ?? 1);
    if (left <= 0) return name;
  }
  return 'ok';
}

/** Plays the scenario: a step that works answers nothing. @throws StepError */
export function give(scenario: Scenario, step: string, call: number): StepAnswer {
  const answer = answerOf(scenario, step, call);
  if (answer === 'ok') return {};
  if (answer === 'silence' || answer === 'outage') return answer;
  throw new StepError(answer);
}

/** How often each step of the scenario is called. */
export const callsOf = ({ tasks }: Saga, { path, calls }: Scenario): Readonly<Record<string, number>> => ({
  ...Object.fromEntries(path.filter((state) => tasks.has(state)).map((state) => [state, 1])),
  ...calls,
});

const ORDER_ID = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';

/** What the executions of each saga are told. */
export const IDS: Readonly<Record<string, { readonly orderId: string; readonly changeId?: string }>> = {
  'order-saga': { orderId: ORDER_ID },
  cancellation: { orderId: ORDER_ID },
  'items-change': { orderId: ORDER_ID, changeId: '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f51' },
};
