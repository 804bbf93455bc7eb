import validate from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { ERRORS } from '../../functions/published/errors.ts';
import { CANCELLATION_REASONS, COMPENSATIONS, ITEMS_CHANGE_REFUSALS } from '../../functions/published/order-events.ts';
import type { ErrorClass } from '../../functions/shared/kernel/error-class.ts';
import { faultsIn } from '../support/saga/asl-language-service.ts';
import { type Catcher, ITEMS_CHANGE, ORDER_SAGA, SAGAS, type Saga } from '../support/saga/definition.ts';
import { compensations, forwardSteps } from '../support/saga/order-saga.ts';

const { steps, task } = ORDER_SAGA;

/** Names that Lambda, Step Functions and their integration give; the steps' own are classes in `functions/`. */
const PLATFORM_ERRORS = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
  'States.Timeout',
  'States.ALL',
];
/** What the context object of a Task always has; `State.RetryCount` and `Execution.RedriveCount` are left out by some engines. */
const ALWAYS_PRESENT = [
  ...['Id', 'Input', 'Name', 'RoleArn', 'StartTime'].map((field) => `Execution.${field}`),
  ...['EnteredTime', 'Name'].map((field) => `State.${field}`),
  ...['Id', 'Name'].map((field) => `StateMachine.${field}`),
  'Task.Token',
];
/** Refusals and defects: repeating the step would not help. */
const DAY_SECONDS = 24 * 3600;
const NOT_RETRYABLE = Object.entries<ErrorClass>(ERRORS)
  .filter(([, { strategy }]) => strategy === 'abandon' || strategy === 'person')
  .map(([name]) => name);

const retriersOf = (tasks: Saga['tasks']) =>
  [...tasks].flatMap(([name, { Retry }]) => Retry.map((retrier) => ({ name, ...retrier })));
const catchersOf = (tasks: Saga['tasks']) =>
  [...tasks].flatMap(([name, { Catch }]) => Catch.map((catcher) => ({ name, ...catcher })));
const catchers = catchersOf(ORDER_SAGA.tasks);
const retries = (step: string): number => Math.min(...task(step).Retry.map(({ MaxAttempts }) => MaxAttempts));

describe.each(SAGAS)('%s:', (_saga, { definition, definitionText, deployedDefinition, steps, waits, tasks }) => {
  const every = [...tasks];
  const everyStep = steps.map((step) => [step, tasks.get(step)!] as const);

  describe('the definition', () => {
    test('is valid Amazon States Language', () => {
      expect(validate(JSON.parse(deployedDefinition)).errors).toEqual([]);
    });

    test('has nothing that AWS’s own language service finds fault with', async () => {
      expect(await faultsIn(deployedDefinition)).toEqual([]);
    });

    test('names no account, region or resource of one: those are substituted', () => {
      const arns = definitionText.match(/arn:[^"]*/g) ?? [];
      expect(new Set(arns)).toEqual(
        new Set(['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']),
      );
      expect(new Set(definitionText.match(/\$\{\w+\}/g))).toEqual(
        new Set([...steps, 'AwaitRecovery'].map((step) => `\${${step}FunctionArn}`)),
      );
    });

    test('reads no field of the context object that may be absent, except with a default', () => {
      const guarded = /\(\$exists\(\$states\.context\.([\w.]+)\) \? \$states\.context\.\1 : \d+\)/g;
      const bare = [...definitionText.replaceAll(guarded, '').matchAll(/\$states\.context\.?([\w.]*)/g)];
      expect(bare.map(([, field]) => field).filter((field) => !ALWAYS_PRESENT.includes(field ?? ''))).toEqual([]);
    });

    test('says of the machine and of every state why it is as it is', () => {
      for (const { Comment } of [definition, ...Object.values(definition.States)]) {
        expect(Comment.length).toBeGreaterThan(40);
      }
    });

    test('ends within a day, but for its waits, even when every call takes as long as it may', () => {
      const slowest = everyStep.reduce((total, [, state]) => {
        const calls = 1 + state.Retry.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
        const delay = Math.max(...state.Retry.map(({ MaxDelaySeconds }) => MaxDelaySeconds));
        return total + calls * (Number(state.TimeoutSeconds) + delay);
      }, 0);
      expect(slowest).toBeLessThan(DAY_SECONDS);
    });

    test('leaves people a year', () => {
      expect(definition.TimeoutSeconds).toBe(365 * DAY_SECONDS);
    });
  });

  describe('every Task', () => {
    test.each(everyStep)('%s has a timeout', (_, state) => {
      expect(state.TimeoutSeconds).toBeGreaterThan(0);
    });

    test.each(every)('%s waits a random time with an upper bound between retries', (state, { Retry }) => {
      expect(Retry.length).toBeGreaterThan(0);
      const MaxDelaySeconds = waits.includes(state) ? 60 : 5;
      for (const retrier of Retry) expect(retrier).toMatchObject({ JitterStrategy: 'FULL', MaxDelaySeconds });
    });

    test.each(everyStep)('%s catches everything, last and alone', (_, state) => {
      const withAll = state.Catch.filter(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
      expect(withAll).toEqual([state.Catch.at(-1)]);
      expect(withAll[0]?.ErrorEquals).toEqual(['States.ALL']);
    });

    test.each(every)('%s passes on ids and nothing of its answer', (_, state) => {
      for (const output of [...state.Catch.map(({ Output }) => Output), ...(state.Next ? [state.Output] : [])]) {
        expect(JSON.stringify(output)).not.toMatch(/result|errorOutput/);
      }
    });
  });

  describe('retries', () => {
    test('are never for a business refusal', () => {
      expect(NOT_RETRYABLE).toEqual(expect.arrayContaining(['OutOfStock', 'PaymentDeclined', 'InvalidStepInput']));
      expect(
        retriersOf(tasks).filter(({ ErrorEquals }) => ErrorEquals.some((name) => NOT_RETRYABLE.includes(name))),
      ).toEqual([]);
    });

    test('are the same for a function in trouble, whichever step it is', () => {
      const platform = steps.map(
        (step) => tasks.get(step)!.Retry.find(({ ErrorEquals }) => ErrorEquals.includes('Lambda.Unknown'))?.ErrorEquals,
      );
      expect(new Set(platform.map((names) => names?.join()))).toEqual(new Set([PLATFORM_ERRORS.slice(0, 8).join()]));
    });
  });

  describe('the names in the definition', () => {
    test('of errors are those of the functions, or the platform’s', () => {
      const named = [...retriersOf(tasks), ...catchersOf(tasks)].flatMap(({ ErrorEquals }) => ErrorEquals);
      expect(named.filter((name) => !PLATFORM_ERRORS.includes(name) && !(name in ERRORS))).toEqual([]);
    });
  });
});

describe('retries of the order saga', () => {
  test('are more for a compensation, and for what a person would have to do, than for any step that can be undone', () => {
    // A customer who changes the order is no failure: the steps wait for as long as the change takes.
    const failing = forwardSteps.flatMap((step) =>
      task(step).Retry.filter(({ ErrorEquals }) => !ErrorEquals.includes('OrderChanged')),
    );
    const most = Math.max(...failing.map(({ MaxAttempts }) => MaxAttempts));
    for (const step of [...compensations, 'CancelOrder', 'ConfirmOrder']) {
      expect(retries(step)).toBeGreaterThan(most);
    }
  });
});

describe('the names in the definition of the order saga', () => {
  test('of cancellation reasons are the published language’s, every one that a saga can give', () => {
    const fromOthers = ['operator_request', 'rejected', 'reservation_expired'];
    expect(new Set(assigned('reason'))).toEqual(
      new Set(CANCELLATION_REASONS.filter((reason) => !fromOthers.includes(reason))),
    );
  });

  test('of unfinished steps are the published language’s compensations, each noted by its own name', () => {
    expect(
      catchers
        .filter(({ Assign }) => Assign?.['unfinished'] && Assign['reason'] === undefined)
        .map(({ name, Assign }) => [name, stepIn(Assign)]),
    ).toEqual(compensations.map((step) => [step, step]));
    expect(new Set(compensations)).toEqual(new Set(COMPENSATIONS));
  });

  test('of inputs are ids, the reason and what is unfinished: no personal data and no payload', () => {
    const told = steps.filter((step) => !compensations.includes(step));
    const keys = told.map((step) => [step, Object.keys(task(step).Arguments['Payload'] as object)]);
    expect(keys).toEqual(told.map((step) => [step, ['orderId', ...(MORE_INPUT.get(step) ?? [])]]));
  });
});

describe('the names in the definition of the items-change saga', () => {
  test('of refusals are the published language’s, every one of them', () => {
    expect(new Set(catchersOf(ITEMS_CHANGE.tasks).flatMap(({ Assign }) => Assign?.['reason'] ?? []))).toEqual(
      new Set(ITEMS_CHANGE_REFUSALS),
    );
  });

  test('of inputs are ids and the reason: no amount and no item', () => {
    const keys = ITEMS_CHANGE.steps.map((step) => [
      step,
      Object.keys(ITEMS_CHANGE.task(step).Arguments['Payload'] as object),
    ]);
    expect(keys).toEqual(
      ITEMS_CHANGE.steps.map((step) => [
        step,
        ['orderId', 'changeId', ...(step === 'RefuseItemsChange' ? ['reason'] : [])],
      ]),
    );
  });

  test('make the answer to a change more persistent than the change', () => {
    const retries = (step: string) => Math.min(...ITEMS_CHANGE.task(step).Retry.map(({ MaxAttempts }) => MaxAttempts));
    expect(Math.min(...['RefuseItemsChange', 'RestoreAuthorisation'].map(retries))).toBeGreaterThan(
      Math.max(...['AdjustAuthorisation', 'AdjustReservation'].map(retries)),
    );
  });
});

/** What some steps are told beside the order. */
const MORE_INPUT = new Map<string, string[]>([
  ['CancelOrder', ['reason', 'unfinished']],
  ...forwardSteps.map((step): [string, string[]] => [step, ['attempt']]),
  ['ReserveInventory', ['attempt', 'canWait']],
]);

const assigned = (variable: string): unknown[] =>
  catchers.flatMap(({ Assign }) => (Assign && variable in Assign ? [Assign[variable]] : []));
const stepIn = (assign: Catcher['Assign']): string | undefined =>
  /'step': '(\w+)'/.exec(String(assign?.['unfinished']))?.[1];

test('What is wrong with a definition is found by AWS’s own language service: a state that nothing leads to, and one that is not there', async () => {
  const wrong = {
    QueryLanguage: 'JSONata',
    StartAt: 'Begin',
    States: { Begin: { Type: 'Pass', Next: 'Nowhere' }, Beside: { Type: 'Succeed' } },
  };
  expect(await faultsIn(JSON.stringify(wrong))).toEqual([
    expect.stringContaining('The value of "Next" property must be the name of an existing state.'),
    expect.stringContaining('The state cannot be reached.'),
  ]);
});
