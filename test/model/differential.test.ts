/** What the model makes of the definitions is what the engine makes of them: whatever the steps answer, every run of the engine is one of the model's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Random, seeded } from '../fault/random.ts';
import { CANCELLATION_SAGA, ORDER_SAGA, type Saga } from '../support/saga/definition.ts';
import { SagaRunner } from '../support/saga/runner.ts';
import { type StepAnswer, StepError } from '../support/saga/steps.ts';
import { type Execution, failed, inputOf, isWait, type Machines, machines, started, succeeded } from './machine.ts';
import { MUTANTS } from './mutants.ts';

const RUNS = 60;
/** Of the answers, so many are no errors, so that runs get far. */
const GOOD = 0.6;
/** No definition names it. */
const UNNAMED = 'TypeError';
const TIMEOUT = 'States.Timeout';

interface Called {
  readonly state: string;
  readonly told: Told;
  /** The error with which the call ended. @default it succeeded */
  readonly error?: string;
}
type Told = ReturnType<typeof toldIn>;

interface Tellable {
  readonly attempt?: number;
  readonly reason?: string;
  readonly unfinished?: readonly { readonly step: string }[];
  readonly only?: readonly string[];
  readonly failures?: unknown;
}

/** What a state tells its function. How often a step was tried before, the model knows only as a yes or a no. */
const toldIn = ({ attempt = 0, reason = '', unfinished = [], only = [], failures }: Tellable) => ({
  wasTried: attempt > 0,
  reason,
  unfinished: unfinished.map(({ step }) => step),
  only,
  failures: stepsIn(failures),
});
const stepsIn = (failures: unknown): string[] =>
  ((failures ?? []) as { step: string; error: string }[]).map(({ step, error }) => `${step} ${error}`);

/** An answer, and how the state machine sees it. */
function drawn(saga: Saga, state: string, random: Random): { readonly answer: StepAnswer | StepError; error?: string } {
  if (random() < GOOD) return { answer: {} };
  const { Retry, Catch, ...task } = saga.task(state);
  const named = [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals).filter((name) => name !== 'States.ALL');
  const errors = [...new Set([...named, UNNAMED, TIMEOUT])];
  const error = errors[Math.floor(random() * errors.length)]!;
  if (error === TIMEOUT) return { answer: 'silence', error };
  if (isWait({ Retry, Catch, ...task }) && random() < GOOD) return { answer: { tokenFails: error }, error };
  return { answer: new StepError(error), error };
}

interface Run {
  readonly seed: number;
  readonly calls: readonly Called[];
  readonly end: 'succeeded' | 'failed';
}

async function runOf(runner: SagaRunner, saga: Saga, seed: number): Promise<Run> {
  const random = seeded(seed);
  const calls: Called[] = [];
  const { status } = await runner.run((state, input) => {
    const { answer, error } = drawn(saga, state, random);
    calls.push({ state, told: toldIn(input), ...(error !== undefined && { error }) });
    if (answer instanceof StepError) throw answer;
    return answer;
  });
  return { seed, calls, end: status === 'SUCCEEDED' ? 'succeeded' : 'failed' };
}

/** The ends at which the model can be after these calls. */
async function endsOf(states: Machines[Execution['machine']], machine: Execution['machine'], calls: readonly Called[]) {
  let possible: readonly Execution[] = [started(machine)];
  for (const { state, told, error } of calls) {
    const task = states[state]!;
    const after: Execution[] = [];
    for (const execution of possible.filter((one) => one.state === state)) {
      if (JSON.stringify(toldIn(await inputOf(task, execution))) !== JSON.stringify(told)) continue;
      if (error === undefined) after.push(await succeeded(task, execution));
      else {
        const ways = await failed(task, execution, error);
        // What a Retry has is tried again at the first error; how often after that, the model leaves open.
        after.push(...(execution.retried ? ways : ways.slice(0, 1)));
      }
    }
    possible = after;
  }
  return possible.map(({ end }) => end);
}

const RUNNERS = { order: new SagaRunner(ORDER_SAGA), cancellation: new SagaRunner(CANCELLATION_SAGA) };
const runs: Record<Execution['machine'], Run[]> = { order: [], cancellation: [] };

beforeAll(async () => {
  for (const [machine, saga] of [
    ['order', ORDER_SAGA],
    ['cancellation', CANCELLATION_SAGA],
  ] as const) {
    for (let seed = 1; seed <= RUNS; seed += 1) runs[machine].push(await runOf(RUNNERS[machine], saga, seed));
  }
});
afterAll(() => {
  for (const runner of Object.values(RUNNERS)) runner.close();
});

test.each(['order', 'cancellation'] as const)(
  'The %s saga runs on the engine only in ways that the model knows',
  async (machine) => {
    for (const { seed, calls, end } of runs[machine]) {
      expect(await endsOf(machines()[machine], machine, calls), JSON.stringify({ seed, calls })).toContain(end);
    }
  },
);

test.each(['an authorisation of unknown outcome is not voided', 'a decline is retried'])(
  'A model in which %s is another one',
  async (name) => {
    const { model } = MUTANTS.find((mutant) => mutant.name === name)!;
    const ends = runs.order.map(async ({ calls, end }) =>
      (await endsOf(model.machines.order, 'order', calls)).includes(end),
    );
    expect(await Promise.all(ends)).toContain(false);
  },
);
