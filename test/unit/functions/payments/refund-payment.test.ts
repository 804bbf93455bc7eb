import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { makeHandler } from '../../../../functions/payments/refund-payment.ts';
import type {
  NewOrderEvent,
  RecordedOrderEvent,
  RefundRequested,
} from '../../../../functions/published/order-events.ts';
import { factId } from '../../../../functions/shared/kernel/ids.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { lambdaContext, receivedAgain } from '../../../support/api/invocations.ts';
import { dyingBeforeAppend } from '../../../support/fakes/failing-log.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../support/fakes/in-memory-payment-gateway.ts';
import { created, HAPPY_PATH, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';

const { total } = created().data;
const [FIRST, SECOND] = ['0190f3a0-0000-7000-8000-0000000000d1', '0190f3a0-0000-7000-8000-0000000000d2'];

let gateway: InMemoryPaymentGateway;
let log: InMemoryOrderLog;

beforeEach(async () => {
  putOff = [];
  gateway = new InMemoryPaymentGateway();
  log = new InMemoryOrderLog();
  await gateway.authorise(ORDER_ID, total, 'tok_ok');
  await gateway.capture(ORDER_ID, total);
  await log.append(
    ORDER_ID,
    0,
    HAPPY_PATH.map((event, index) => newEvent(event, index)),
  );
});

const requested = (refundId = FIRST, amount = 1_000): NewOrderEvent<RefundRequested> => ({
  ...newEvent({ type: 'RefundRequested', data: { refundId, amount: money(amount, 'CNY'), lines: [] } }, 20),
  eventId: factId(ORDER_ID, refundId),
});

/** Appends the requests and returns them as they come over the queue. */
async function ask(...requests: readonly NewOrderEvent<RefundRequested>[]): Promise<RecordedOrderEvent[]> {
  const { length } = await log.read(ORDER_ID);
  await log.append(ORDER_ID, length, requests);
  return (await log.read(ORDER_ID)).slice(length);
}
/** After how many seconds messages that failed were to come again. */
let putOff: [receiptHandle: string, attempt: number][];
const MAX_ATTEMPTS = 3;
interface Circumstances {
  readonly over?: InMemoryOrderLog | ReturnType<typeof dyingBeforeAppend>;
  readonly attempt?: number;
}
const consume = (events: readonly RecordedOrderEvent[], { over = log, attempt = 1 }: Circumstances = {}) =>
  makeHandler({
    gateway,
    log: over,
    now: () => START,
    maxAttempts: MAX_ATTEMPTS,
    backOff: async (...put) => void putOff.push(put),
  })(receivedAgain(attempt, ...events), lambdaContext());
const answers = async () =>
  (await log.read(ORDER_ID)).filter(({ type }) => type === 'PaymentRefunded' || type === 'RefundFailed');
const GONE = { batchItemFailures: [] };
const COMES_AGAIN = { batchItemFailures: [{ itemIdentifier: 'message-0' }] };

describe('A refund that was asked for', () => {
  test('is given back, and recorded as the request has caused it', async () => {
    const events = await ask(requested());
    expect(await consume(events)).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({
        type: 'PaymentRefunded',
        data: { paymentId: `pay-${ORDER_ID}`, amount: money(1_000, 'CNY'), refundId: FIRST },
        causationId: events[0]!.eventId,
        actor: { type: 'system', id: 'RefundPayment' },
      }),
    ]);
    expect(await gateway.find(ORDER_ID)).toMatchObject({
      status: 'captured',
      refunds: [{ refundId: FIRST, amount: money(1_000, 'CNY') }],
    });
  });

  test('is given back once, however often the event comes and wherever the function dies', async () => {
    const events = await ask(requested());
    expect(await consume(events, { over: dyingBeforeAppend(log) })).toEqual(COMES_AGAIN);
    expect(await consume([...events, ...events])).toEqual(GONE);
    expect(await consume(events)).toEqual(GONE);
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    expect(await answers()).toHaveLength(1);
  });

  test('is one of several, each with a fact of its own', async () => {
    const events = await ask(requested(FIRST, 1_000), requested(SECOND, total.amount - 1_000));
    expect(await consume(events)).toEqual(GONE);
    expect(await gateway.find(ORDER_ID)).toMatchObject({ status: 'refunded' });
    expect((await answers()).map(({ data }) => (data as { amount: unknown }).amount)).toEqual(
      expect.arrayContaining([money(1_000, 'CNY'), money(total.amount - 1_000, 'CNY')]),
    );
  });

  test('of more than is left fails for good, and is not tried again', async () => {
    const events = await ask(requested(FIRST, total.amount + 1));
    expect(await consume(events)).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({ type: 'RefundFailed', data: { refundId: FIRST, reason: 'not_enough_left' } }),
    ]);
    expect(await consume(events)).toEqual(GONE);
    expect(await answers()).toHaveLength(1);
  });

  test('of money that the gateway never took fails for good', async () => {
    gateway = new InMemoryPaymentGateway();
    expect(await consume(await ask(requested()))).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({ type: 'RefundFailed', data: { refundId: FIRST, reason: 'nothing_captured' } }),
    ]);
  });

  test.each(['not carried out', 'outcome unknown'] as const)(
    'comes again when it is %s, and is then settled',
    async (fate) => {
      const events = await ask(requested());
      gateway.fates.plan(fate);
      expect(await consume(events)).toEqual(COMES_AGAIN);
      expect(await answers()).toEqual([]);
      expect(await consume(events)).toEqual(GONE);
      expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    },
  );

  test('is put off further with each attempt that fails', async () => {
    const events = await ask(requested());
    gateway.fates.plan('not carried out', 'outcome unknown');
    await consume(events);
    await consume(events, { attempt: 2 });
    await consume(events, { attempt: 3 });
    expect(putOff).toEqual([
      ['receipt-0', 1],
      ['receipt-0', 2],
    ]);
  });

  test('fails when the gateway has done nothing to the last attempt, and is not tried again', async () => {
    const events = await ask(requested());
    gateway.fates.plan('not carried out');
    expect(await consume(events, { attempt: MAX_ATTEMPTS })).toEqual(GONE);
    expect(await answers()).toEqual([
      expect.objectContaining({ type: 'RefundFailed', data: { refundId: FIRST, reason: 'gateway_unavailable' } }),
    ]);
    expect(await consume(events)).toEqual(GONE);
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });

  test('that an earlier attempt has made is made, whatever the gateway answers to the last one', async () => {
    const events = await ask(requested());
    gateway.fates.plan('outcome unknown', 'not carried out');
    await consume(events);
    expect(await consume(events, { attempt: MAX_ATTEMPTS })).toEqual(GONE);
    expect((await answers()).map(({ type }) => type)).toEqual(['PaymentRefunded']);
  });

  test('with an unknown outcome has not failed after the last attempt either', async () => {
    const events = await ask(requested());
    gateway.fates.plan('outcome unknown');
    expect(await consume(events, { attempt: MAX_ATTEMPTS })).toEqual(COMES_AGAIN);
    expect(await answers()).toEqual([]);
    expect(await consume(events, { attempt: MAX_ATTEMPTS + 1 })).toEqual(GONE);
    expect((await answers()).map(({ type }) => type)).toEqual(['PaymentRefunded']);
  });

  test('that the stream does not hold goes back to the queue, and in the end to a person', async () => {
    const [event] = await ask(requested());
    expect(await consume([{ ...event!, data: { ...event!.data, refundId: SECOND } } as RecordedOrderEvent])).toEqual(
      COMES_AGAIN,
    );
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });
});
