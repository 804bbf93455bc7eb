import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { compensations, ORDER_SAGA } from '../support/saga-definition.ts';
import { SagaRunner } from '../support/saga-runner.ts';
import { StepError, type StepInput } from '../support/saga-steps.ts';
import { type Choose, explore, type Outcome, World } from '../support/saga-world.ts';

/** The refusal that each forward step can give, and the compensation of what it may have done. */
const FORWARD: Readonly<Record<string, { refusal: string; undoneBy: string }>> = {
  ReserveInventory: { refusal: 'OutOfStock', undoneBy: 'ReleaseInventory' },
  AuthorisePayment: { refusal: 'PaymentDeclined', undoneBy: 'VoidPayment' },
  CreateShipment: { refusal: 'AddressRefused', undoneBy: 'CancelShipment' },
  CapturePayment: { refusal: 'PaymentDeclined', undoneBy: 'VoidPayment' },
};
/** How the forward steps, and how the others, can end. */
interface Possible {
  readonly forward: readonly Outcome[];
  readonly others: readonly Outcome[];
}
const ANY_FAILURE: Possible = {
  forward: ['ok', 'refused', 'fails before its effect', 'fails after its effect', 'takes effect after the end'],
  others: ['ok', 'fails before its effect', 'fails after its effect'],
};
const LOST_ANSWERS: Possible = { forward: ['ok', 'answers only when repeated'], others: ['ok', 'answers only when repeated'] };
const ORDER_ID = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';
/** No Retry names it: the saga gives the step up at once, as it does after its last retry. */
const GIVEN_UP = 'Runtime.ExitError';
const REPEATED = 'DependencyUnavailable';

const failed = (outcome: Outcome): boolean => outcome !== 'ok' && outcome !== 'answers only when repeated';

/** One execution in which every step ends as `choose` says, and what it left behind once late answers arrived too. */
async function live(runner: SagaRunner, possible: Possible, choose: Choose) {
  const world = new World();
  const outcomes = new Map<string, Outcome>();
  const late: (() => void)[] = [];
  let cancellation: StepInput | undefined;
  const run = await runner.run((step, input, call) => {
    const effect = world.effects[step];
    if (!effect) return { version: input.version }; // the call for a person, which has no effect of its own
    if (step === 'CancelOrder') cancellation = input;
    const outcome = call === 1 ? choose(step in FORWARD ? possible.forward : possible.others) : 'ok';
    if (call === 1) outcomes.set(step, outcome);
    if (outcome === 'refused') throw new StepError(FORWARD[step]?.refusal ?? 'refused');
    if (outcome === 'takes effect after the end') late.push(effect);
    else if (outcome !== 'fails before its effect') effect();
    if (outcome === 'answers only when repeated') throw new StepError(REPEATED);
    if (outcome !== 'ok') throw new StepError(GIVEN_UP);
    return { version: input.version + 1 };
  }, { orderId: ORDER_ID });
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

/** What must hold of an order that went past the pivot. */
function expectDone({ run, world, outcomes }: Life): void {
  const recorded = outcomes.get('ConfirmOrder') !== 'fails before its effect';
  expect(world.movements).toEqual(['reserved', 'authorised', 'booked', 'captured', ...(recorded ? ['confirmed'] : [])]);
  expect(run.path.filter((state) => [...compensations, 'CancelOrder'].includes(state))).toEqual([]);
  expectPersonCalled(run, outcomes, 'ConfirmOrder');
}

/** What must hold of an order that did not. */
function expectUndone({ run, world, outcomes, cancellation, refusedLate }: Life): void {
  const called = [...outcomes].filter(([step]) => step in FORWARD);
  const mayHaveHappened = called.filter(([, outcome]) => outcome !== 'refused').map(([step]) => FORWARD[step]?.undoneBy);
  const parked = compensations.filter((step) => failed(outcomes.get(step) ?? 'ok'));
  const undone = compensations.filter((step) => !parked.includes(step));

  expect(new Set(run.path.filter((state) => compensations.includes(state)))).toEqual(new Set(mayHaveHappened));
  expect(cancellation?.parked).toEqual(parked.map((step) => ({ step, error: GIVEN_UP })));
  expect(world.outstanding().filter((step) => undone.includes(step))).toEqual([]);
  expect(world.did('confirmed')).toBe(false);
  expect(world.did('cancelled')).toBe(outcomes.get('CancelOrder') !== 'fails before its effect');
  if (parked.length === 0) expect(refusedLate).toEqual(refusedLate.map(() => true));
  expectPersonCalled(run, outcomes, 'CancelOrder');
}

function expectPersonCalled(run: Life['run'], outcomes: Life['outcomes'], last: string): void {
  const calls = failed(outcomes.get(last) ?? 'ok') ? [{ orderId: ORDER_ID, step: last, error: GIVEN_UP }] : [];
  expect(run.published).toEqual(calls);
  expect(run.status).toBe(calls.length > 0 ? 'FAILED' : 'SUCCEEDED');
}

let runner: SagaRunner;
beforeAll(() => {
  runner = new SagaRunner(ORDER_SAGA);
});
afterAll(() => runner.close());

/** Runs every life that `possible` allows, and says how many ended either way. */
async function expectEveryLife(possible: Possible): Promise<{ done: number; undone: number }> {
  const ends = { done: 0, undone: 0 };
  await explore(async (choose) => {
    const life = await live(runner, possible, choose);
    const end = life.outcomes.has('ConfirmOrder') ? 'done' : 'undone';
    ends[end] += 1;
    try {
      if (end === 'done') expectDone(life);
      else expectUndone(life);
    } catch (error) {
      const outcomes = [...life.outcomes].map((entry) => entry.join(' ')).join(', ');
      throw new Error(`${outcomes}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
  return ends;
}

test('however the steps end, an order is either done exactly once, or undone but for what is parked', async () => {
  // Failing at the first step leaves 3 + 3·9 ends (the last steps have three each), at the second 9 + 3·27,
  // at the third 27 + 3·81, at the capture 4·81.
  expect(await expectEveryLife(ANY_FAILURE)).toEqual({ done: 3, undone: 30 + 90 + 270 + 324 });
}, 60_000);

test('whichever answers are lost once, repeating the steps does the order exactly once', async () => {
  expect(await expectEveryLife(LOST_ANSWERS)).toEqual({ done: 2 ** 5, undone: 0 });
}, 60_000);
