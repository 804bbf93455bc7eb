/** The states in which a saga waits for a partner, for the platform or for a person, and what waiting costs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catcher, ORDER_SAGA, SAGAS, withoutOptionalFields } from '../support/saga/definition.ts';
import { compensations, forwardSteps, pathFrom } from '../support/saga/order-saga.ts';
import { type SagaRun, SagaRunner } from '../support/saga/runner.ts';
import { type PlayStep, StepError } from '../support/saga/steps.ts';

const DAY_SECONDS = 24 * 3600;
const PLATFORM_ERRORS = [
  'ConcurrencyConflict',
  'DependencyUnavailable',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Runtime.ExitError',
  'Sandbox.Timedout',
];
const REFUSED_BEFORE_SENDING = ['CircuitOpen', 'PartnerBusy', 'NoHealthyInstance'];

const endsBackorder = ({ ErrorEquals }: Catcher) => ErrorEquals.join() === 'BackorderExpired';
const saysNothingSent = ({ ErrorEquals }: Catcher) => ErrorEquals.join() === 'NothingSent';

describe.each(SAGAS)('A wait of %s:', (_saga, { definitionText, steps, waits, task }) => {
  test.each(waits)('%s tells AwaitRecovery ids, its token and the failures, and nothing else', (wait) => {
    const { FunctionName, Payload } = task(wait).Arguments as { FunctionName: string; Payload: object };
    expect(FunctionName).toBe('${AwaitRecoveryFunctionArn}');
    const ids = definitionText.includes('changeId') ? ['orderId', 'changeId'] : ['orderId'];
    expect(Object.keys(Payload)).toEqual([...ids, 'taskToken', 'failures']);
  });

  test.each(waits)('%s is registered within an hour, or fails the execution in its place', (wait) => {
    expect(task(wait).Retry).toEqual([
      {
        ErrorEquals: PLATFORM_ERRORS,
        IntervalSeconds: 2,
        BackoffRate: 2,
        MaxDelaySeconds: 60,
        MaxAttempts: 60,
        JitterStrategy: 'FULL',
      },
    ]);
  });

  test.each(waits)('%s lasts a day, or for as long as people take', (wait) => {
    const { TimeoutSeconds, Catch } = task(wait);
    const ofTime = Catch.filter((catcher) => !saysNothingSent(catcher) && !endsBackorder(catcher));
    const [{ ErrorEquals = [], Next = '' } = {}, ...others] = ofTime;
    expect(others).toEqual([]);
    if (ErrorEquals.includes('CheckoutLimitReached')) {
      expect(TimeoutSeconds).toBe((ErrorEquals.includes('PaymentNotMade') ? 15 : 1) * DAY_SECONDS);
      expect(ErrorEquals).toEqual(expect.arrayContaining(['States.Timeout']));
      expect(steps).toContain(Next);
    } else {
      expect(TimeoutSeconds).toBe(30 * DAY_SECONDS);
      expect({ ErrorEquals, Next }).toEqual({ ErrorEquals: ['States.Timeout'], Next: wait });
    }
  });

  test('begins with whatever the step is tried again for, and with what is refused before it is sent to a partner', () => {
    const waiting = steps.flatMap((step) =>
      task(step).Catch.flatMap(({ ErrorEquals, Next }) => (waits.includes(Next) ? [{ step, ErrorEquals }] : [])),
    );
    const named = waiting.filter(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'));
    expect(named.length).toBeGreaterThan(1);
    for (const { step, ErrorEquals } of named) {
      const { Retry } = task(step);
      const hasPartner = Retry[0]!.ErrorEquals.some((name) => !PLATFORM_ERRORS.includes(name));
      const retried = Retry.flatMap((retrier) => retrier.ErrorEquals);
      expect([step, new Set(ErrorEquals)]).toEqual([
        step,
        new Set([...(hasPartner ? REFUSED_BEFORE_SENDING : []), ...retried]),
      ]);
    }
  });
});

describe('A wait of the order saga', () => {
  const { waits, task } = ORDER_SAGA;

  test('hands on the order, and the step that was tried or the compensations to do again', () => {
    const handed = waits.map((wait) => task(wait).Output).filter((output) => typeof output === 'object');
    expect(handed.map((output) => Object.keys(output as object).join())).toEqual([
      // One for each step, one for the goods of a backorder, and one for the customer that has to act before the payment goes on.
      ...forwardSteps.map(() => 'orderId,tried'),
      'orderId,tried',
      'orderId,tried',
      'orderId,only',
    ]);
    const tried = handed.flatMap((output) => (output as { readonly tried?: string }).tried ?? []);
    expect(tried.filter((step, at) => tried.indexOf(step) === at)).toEqual(forwardSteps);
    for (const step of compensations) expect(task(step).Arguments['Payload']).toBe('{% $states.input %}');
  });
});

describe('A step of the order saga that waits to be sent', () => {
  const { waits, task } = ORDER_SAGA;
  /** What AwaitRecovery is told of the step, wait for wait, when its attempts fail with these errors; undefined succeeds. */
  const told = async (step: string, errors: readonly string[], isFirst = true, saga = ORDER_SAGA) => {
    const runner = new SagaRunner(saga);
    const orderId = '018f4e2a-7c1b-7d3e-9a55-0b1c2d3e4f50';
    const play: PlayStep = (state, _, call) => {
      if (state === step && call <= errors.length) throw new StepError(errors[call - 1]!);
      return {};
    };
    const { awaited, retries } = await runner.run(play, { orderId }, isFirst ? orderId : `${orderId}_r2`);
    runner.close();
    return awaited.map(({ failures }, index) => `${failures[0]?.error} ${retries[index]}`);
  };

  test.each([
    ['AuthorisePayment', 'PaymentOutcomeUnknown'],
    ['CreateShipment', 'ShipmentOutcomeUnknown'],
  ])('says how often it was tried before, since it may have been sent then: %s', async (step, unknown) => {
    expect(await told(step, ['CircuitOpen', 'CircuitOpen'])).toEqual(['CircuitOpen 0', 'CircuitOpen 0']);
    expect(await told(step, [unknown, 'CircuitOpen'])).toEqual(['CircuitOpen 1']);
    expect(await told(step, ['Sandbox.Timedout', unknown, 'CircuitOpen'])).toEqual(['CircuitOpen 2']);
    // An earlier execution of the order has tried it.
    expect(await told(step, ['CircuitOpen'], false)).toEqual(['CircuitOpen 1']);
    expect(await told(step, ['CircuitOpen'], true, withoutOptionalFields(ORDER_SAGA))).toEqual(['CircuitOpen 1']);
  });

  test.each([
    ['AwaitAuthorisation', 'VoidPayment', 'ReleaseInventory'],
    ['AwaitShipment', 'CancelShipment', 'VoidPayment'],
  ])('and has sent nothing is not compensated itself: %s', (wait, ownCompensation, next) => {
    const [nothingSent, givenUp] = task(wait).Catch;
    expect([nothingSent!.Next, givenUp!.Next]).toEqual([next, ownCompensation]);
    expect(nothingSent!.Assign).toEqual(givenUp!.Assign);
    expect(saysNothingSent(nothingSent!)).toBe(true);
    expect(waits.filter((each) => task(each).Catch.some(saysNothingSent))).toContain(wait);
  });
});

/** What Step Functions bills: each state entered, each retry. */
const transitions = ({ path, failures }: SagaRun): number =>
  path.length + failures.filter(({ then }) => then === 'retry').length;

describe('An outage costs an order', () => {
  const happyPath = pathFrom(ORDER_SAGA, ORDER_SAGA.definition.StartAt);
  let runner: SagaRunner;
  beforeAll(() => {
    runner = new SagaRunner(ORDER_SAGA);
  });
  afterAll(() => runner.close());

  /** Fails the step so often, and refuses to end an order that is not undone. */
  const withFailing = (step: string, error: string, times: number, declined = false) =>
    runner.run((state, { unfinished = [] }, call) => {
      if (state === step && call <= times) throw new StepError(error);
      if (declined && state === 'CapturePayment') throw new StepError('PaymentDeclined');
      if (state === 'CancelOrder' && unfinished.length > 0) throw new StepError('CompensationUnfinished');
      return {};
    });

  test.each(happyPath)('at most ten transitions more when %s waits for it, however long it lasts', async (step) => {
    const [{ MaxAttempts, ErrorEquals } = { MaxAttempts: 0, ErrorEquals: [] }] = ORDER_SAGA.task(step).Retry;
    const run = await withFailing(step, ErrorEquals[0]!, MaxAttempts + 1);
    expect(run.status).toBe('SUCCEEDED');
    expect(transitions(run)).toBe(happyPath.length + MaxAttempts + 2);
    expect(transitions(run) - happyPath.length).toBeLessThanOrEqual(10);
  });

  test.each(forwardSteps.slice(1))('two transitions more when its circuit is open before %s', async (step) => {
    expect(transitions(await withFailing(step, 'CircuitOpen', 1))).toBe(happyPath.length + 2);
  });

  test.each(compensations)('five transitions more when %s waits for its end', async (step) => {
    const undone = transitions(await withFailing('none', '', 0, true));
    expect(transitions(await withFailing(step, 'CircuitOpen', 1, true))).toBe(undone + 5);
  });
});
