import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CANCELLATION_SAGA, ORDER_SAGA, withoutOptionalFields } from '../support/saga/definition.ts';
import { compensations, forwardSteps, nextAfter, pathFrom, refusalOf, undoneBy } from '../support/saga/order-saga.ts';
import { SagaRunner } from '../support/saga/runner.ts';
import { StepError, type StepInput } from '../support/saga/steps.ts';
import { type Choose, explore, type Outcome, World } from '../support/saga/world.ts';

/** How the forward steps, the confirmation and the others can end. */
interface Possible {
  readonly forward: readonly Outcome[];
  readonly confirmation: readonly Outcome[];
  readonly others: readonly Outcome[];
}
const MAY_FAIL: readonly Outcome[] = ['ok', 'fails before its effect', 'fails after its effect'];
const ANY_FAILURE: Possible = {
  forward: [...MAY_FAIL, 'refused', 'cancelled', 'takes effect after the end'],
  confirmation: [...MAY_FAIL, 'cancelled'],
  others: MAY_FAIL,
};
const MAY_REPEAT: readonly Outcome[] = ['ok', 'answers only when repeated'];
const LOST_ANSWERS: Possible = { forward: MAY_REPEAT, confirmation: MAY_REPEAT, others: MAY_REPEAT };
const ORDER_ID = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';
const MAY_WAIT: readonly Outcome[] = ['ok', 'waits before its effect', 'waits after its effect'];
const OUTAGES: Possible = { forward: MAY_WAIT, confirmation: MAY_WAIT, others: MAY_WAIT };
const AWAY = 'CircuitOpen';
/** No Retry names it, for nothing mends it: the saga gives the step up at once, as it does after its last retry. */
const GIVEN_UP = 'TypeError';
const REPEATED = 'DependencyUnavailable';
/** What a step throws that has done nothing yet for an order that is to be cancelled. */
const CANCELLED = 'CancellationRequested';

const failed = (outcome: Outcome | undefined): boolean =>
  outcome !== undefined && outcome !== 'ok' && outcome !== 'answers only when repeated';

const possibleFor = (step: string, { forward, confirmation, others }: Possible): readonly Outcome[] => {
  // Stock is the platform's own: no circuit guards it.
  if (step === 'ReserveInventory') return forward.filter((outcome) => !outcome.startsWith('waits'));
  if (forwardSteps.includes(step)) return forward;
  return step === 'ConfirmOrder' ? confirmation : others;
};

/**
 * One execution in which every step ends as `choose` says, and what it left behind once late answers arrived too.
 * @param done the steps that an earlier execution has done
 */
async function live(runner: SagaRunner, possible: Possible, choose: Choose, done: readonly string[] = []) {
  const world = new World();
  for (const step of done) world.effectOf(step)!();
  const outcomes = new Map<string, Outcome>(done.map((step) => [step, 'ok']));
  const late: (() => void)[] = [];
  let cancellation: StepInput | undefined;
  const run = await runner.run(
    (step, input, call) => {
      const effect = world.effectOf(step);
      if (!effect) return {}; // a wait, which has no effect of its own
      if (input.only && !input.only.includes(step)) return {};
      if (step === 'CancelOrder') cancellation ??= input;
      const outcome = call === 1 ? choose(possibleFor(step, possible)) : 'ok';
      if (call === 1) outcomes.set(step, outcome);
      if (outcome === 'cancelled') throw new StepError(CANCELLED);
      if (outcome === 'refused') throw new StepError(refusalOf(step));
      if (outcome === 'takes effect after the end') late.push(effect);
      else if (!outcome.endsWith('before its effect')) effect();
      if (outcome === 'answers only when repeated') throw new StepError(REPEATED);
      if (outcome.startsWith('waits')) throw new StepError(AWAY);
      if (outcome !== 'ok') throw new StepError(GIVEN_UP);
      if (input.unfinished?.length) throw new StepError('CompensationUnfinished');
      return {};
    },
    { orderId: ORDER_ID },
  );
  const refusedLate = late.map((arrive) => {
    try {
      arrive();
      return false;
    } catch (error) {
      if (error instanceof StepError) return true;
      throw error;
    }
  });
  return { run, world, outcomes, cancellation, refusedLate };
}
type Life = Awaited<ReturnType<typeof live>>;

/** What AwaitRecovery is told when these steps fail together, if they do. */
const waitFor = ({ outcomes }: Life, steps: readonly string[]) => {
  const failures = steps
    .filter((step) => failed(outcomes.get(step)))
    .map((step) => ({ step, error: outcomes.get(step)!.startsWith('waits') ? AWAY : GIVEN_UP }));
  return failures.length > 0 ? [{ orderId: ORDER_ID, failures }] : [];
};

/** What must hold of an order that went past the pivot. */
function expectDone(life: Life): void {
  const { run, world } = life;
  expect(world.effects).toEqual([...forwardSteps, 'ConfirmOrder']);
  expect(run.path.filter((state) => [...compensations, 'CancelOrder'].includes(state))).toEqual([]);
  expect(run.awaited).toEqual([...forwardSteps, 'ConfirmOrder'].flatMap((step) => waitFor(life, [step])));
  expect(run.status).toBe('SUCCEEDED');
}

/** What must hold of an order that did not, or that was cancelled afterwards. */
function expectUndone(life: Life): void {
  const { run, world, outcomes, cancellation, refusedLate } = life;
  const called = [...outcomes].filter(([step]) => forwardSteps.includes(step));
  const mayHaveHappened = called
    .filter(([, outcome]) => outcome !== 'refused' && outcome !== 'cancelled')
    .map(([step]) => undoneBy(step));

  expect(new Set(compensations.filter((step) => outcomes.has(step)))).toEqual(new Set(mayHaveHappened));
  const unfinished = waitFor(life, compensations);
  expect(cancellation?.unfinished).toEqual(unfinished.flatMap(({ failures }) => failures));
  expect(run.awaited).toEqual([...waitFor(life, ['CancelOrder']), ...unfinished]);
  expect(world.outstanding()).toEqual([]);
  if ([...outcomes.values()].includes('cancelled')) expect(cancellation?.reason).toBe('customer_request');
  expect(world.did('ConfirmOrder')).toBe(outcomes.get('ConfirmOrder') === 'ok');
  expect(world.did('CancelOrder')).toBe(true);
  expect(refusedLate).toEqual(refusedLate.map(() => true));
  expect(run.status).toBe('SUCCEEDED');
}

let cancellationRunner: SagaRunner;
beforeAll(() => {
  cancellationRunner = new SagaRunner(CANCELLATION_SAGA);
});
afterAll(() => cancellationRunner.close());

function expectOf(life: Life, check: (life: Life) => void): void {
  try {
    check(life);
  } catch (error) {
    const outcomes = [...life.outcomes].map((entry) => entry.join(' ')).join(', ');
    throw new Error(`${outcomes}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Runs every life that `possible` allows, and says how many ended either way. */
async function expectEveryLife(runner: SagaRunner, possible: Possible): Promise<{ done: number; undone: number }> {
  const ends = { done: 0, undone: 0 };
  await explore(async (choose) => {
    const life = await live(runner, possible, choose);
    const end = ['cancelled', undefined].includes(life.outcomes.get('ConfirmOrder')) ? 'undone' : 'done';
    ends[end] += 1;
    expectOf(life, end === 'done' ? expectDone : expectUndone);
  });
  return ends;
}

/** In how many ways an order can end when a step of it fails so: each compensation, and the cancellation after them, may fail. */
const endsFrom = (step: string, error: string): number =>
  MAY_FAIL.length ** pathFrom(ORDER_SAGA, nextAfter(step, error)).length;

describe.each([
  ['with every field of the context object', ORDER_SAGA],
  ['without those that some engines leave out', withoutOptionalFields(ORDER_SAGA)],
])('%s,', (_, saga) => {
  let runner: SagaRunner;
  beforeAll(() => {
    runner = new SagaRunner(saga);
  });
  afterAll(() => runner.close());

  test('however the steps end, an order is either done exactly once, or undone completely in the end', async () => {
    // A forward step can be refused or cancelled, and fail in three other ways; the confirmation can be cancelled.
    const undone = forwardSteps.map(
      (step) => endsFrom(step, refusalOf(step)) + endsFrom(step, CANCELLED) + 3 * endsFrom(step, GIVEN_UP),
    );
    const expected = undone.reduce((sum, ends) => sum + ends, endsFrom('ConfirmOrder', CANCELLED));
    expect(await expectEveryLife(runner, ANY_FAILURE)).toEqual({ done: MAY_FAIL.length, undone: expected });
  });

  test('whichever answers are lost once, repeating the steps does the order exactly once', async () => {
    expect(await expectEveryLife(runner, LOST_ANSWERS)).toEqual({
      done: MAY_REPEAT.length ** (forwardSteps.length + 1),
      undone: 0,
    });
  });

  test('whichever partner is away before or after a step took effect, the order waits and is done exactly once', async () => {
    expect(await expectEveryLife(runner, OUTAGES)).toEqual({
      done: MAY_WAIT.length ** forwardSteps.length,
      undone: 0,
    });
  });
});

test('however the steps end, a confirmed order that is cancelled is undone completely in the end', async () => {
  const lives = await explore(async (choose) => {
    expectOf(await live(cancellationRunner, ANY_FAILURE, choose, [...forwardSteps, 'ConfirmOrder']), expectUndone);
  });
  expect(lives).toBe(MAY_FAIL.length ** (compensations.length + 1));
});
