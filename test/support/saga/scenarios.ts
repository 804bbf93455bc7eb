/** The scenario table beside a saga's definition, and the little language of its answers. */
import { CANCELLATION_SAGA, type Saga } from './definition.ts';
import { pathFrom } from './order-saga.ts';
import { type StepAnswer, StepError } from './steps.ts';

/**
 * One row. A step answers as `answers` says and well afterwards. It is called as often as its state is entered, unless `calls`
 * gives another number.
 */
export interface Scenario {
  readonly name: string;
  /** Makes one scenario for each of these errors, which `{error}` stands for in the row. */
  readonly each?: readonly string[];
  /**
   * By state: `Error`, `Error x3` or `Error always`; the error `silence` never answers, `outage` stops the runtime for a day. A wait
   * that is registered goes on at once; with `Error by token` it fails afterwards.
   */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly path: readonly string[];
  readonly calls?: Readonly<Record<string, number>>;
  /** The waits that are registered, each with its failures: `Step Error, Step Error`. */
  readonly awaited?: readonly string[];
  /** What reaches the bus from a definition of an earlier release as details of `OrderParked`, without the order's id. */
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
  const scenarios = (JSON.parse(saga.scenariosText) as readonly Scenario[]).flatMap(eachOf);
  return saga.name === CANCELLATION_SAGA.name
    ? scenarios.flatMap((scenario) => ofCancellation(saga, scenario))
    : scenarios;
}

/** The scenarios that a row stands for. */
const eachOf = (row: Scenario): Scenario[] =>
  row.each?.map((error) => JSON.parse(JSON.stringify(row).replaceAll('{error}', error)) as Scenario) ?? [row];

/** What a scenario that ends in the chain of compensations is for an order of which everything was done. */
function ofCancellation(
  { tasks, steps }: Saga,
  { name, answers, path, calls = {}, awaited = [], published, end }: Scenario,
): Scenario[] {
  if (!path.includes('CancelOrder')) return [];
  const own = <Value>(byStep: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(byStep).filter(([step]) => tasks.has(step)));
  return [
    {
      name: `cancelled after its confirmation: ${name}`,
      answers: own(answers),
      path: ['Begin', ...pathFrom({ tasks }, steps[0]!).slice(0, -1), ...path.slice(path.indexOf('CancelOrder'))],
      calls: own(calls),
      awaited: awaited.filter((wait) => tasks.has(wait.split(' ')[0]!)),
      ...(published ? { published } : {}),
      end: end.status === 'SUCCEEDED' ? { ...end, reason: 'customer_request' } : end,
    },
  ];
}

/** What a step does when called for the `call`th time (from 1): `ok`, `silence`, `outage` or the name of an error. */
function answerOf(scenario: Scenario, step: string, call: number): string {
  let left = call;
  for (const answer of scenario.answers[step] ?? []) {
    const [, name, times] = /^(\S+(?: by token)?)(?: x(\d+)| always)?$/.exec(answer) ?? [];
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
  if (answer.endsWith(' by token')) return { tokenFails: answer.split(' ')[0]! };
  throw new StepError(answer);
}

/** How often each step of the scenario is called. */
export const callsOf = ({ tasks }: Saga, { path, calls }: Scenario): Readonly<Record<string, number>> => ({
  ...Object.fromEntries(
    path.filter((state) => tasks.has(state)).map((state) => [state, path.filter((other) => other === state).length]),
  ),
  ...calls,
});

const ORDER_ID = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';

/** What the executions of each saga are told. */
export const IDS: Readonly<Record<string, { readonly orderId: string; readonly changeId?: string }>> = {
  'order-saga': { orderId: ORDER_ID },
  cancellation: { orderId: ORDER_ID },
  'items-change': { orderId: ORDER_ID, changeId: '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f51' },
};
