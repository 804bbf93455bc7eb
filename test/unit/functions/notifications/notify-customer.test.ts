import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Notification } from '../../../../functions/notifications/application/ports.ts';
import { messageFor } from '../../../../functions/notifications/domain/message-for.ts';
import { makeHandler } from '../../../../functions/notifications/notify-customer.ts';
import {
  CANCELLATION_REASONS,
  COMPENSATIONS,
  type OrderCancelled,
  type OrderConfirmed,
  REJECTION_REASONS,
  type RecordedOrderEvent,
  type RejectedUnits,
} from '../../../../functions/published/order-events.ts';
import type { Sku } from '../../../../functions/shared/kernel/ids.ts';
import type { Units } from '../../../../functions/shared/kernel/units.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { CUSTOMER_ID, created, EVENTS, HAPPY_PATH, ORDER_ID, streamOf } from '../../../support/orders/streams.ts';

let inbox: Map<string, Notification>;
/** Hands over events of this stream. */
const notify = async (stream: readonly RecordedOrderEvent[], ...events: readonly RecordedOrderEvent[]) =>
  makeHandler({
    log: await InMemoryOrderLog.of(stream),
    inbox: { put: async (notification) => void inbox.set(notification.notificationId, notification) },
  })(sqsEvent(...events), lambdaContext());

beforeEach(() => {
  inbox = new Map();
});

describe('Notifying the customer', () => {
  test('puts a message about a confirmed order into the inbox of whose order it is', async () => {
    const stream = streamOf(HAPPY_PATH);
    const confirmed = stream.at(-1)!;
    expect(await notify(stream, confirmed)).toEqual({ batchItemFailures: [] });
    expect([...inbox.values()]).toEqual([
      {
        customerId: CUSTOMER_ID,
        template: 'order-confirmed',
        values: { orderId: ORDER_ID },
        occurredAt: confirmed.occurredAt,
        notificationId: `${confirmed.occurredAt}#${confirmed.eventId}`,
        text: expect.stringContaining(ORDER_ID),
      },
    ]);
  });

  test('says the same thing under the same id when the event comes again', async () => {
    const stream = streamOf([created(), EVENTS.cancelled]);
    const cancelled = stream[1]!;
    await notify(stream, cancelled);
    await notify(stream, cancelled, cancelled);
    expect(inbox.size).toBe(1);
  });

  test('sends back events that it has no words for', async () => {
    const stream = streamOf([created(), EVENTS.reserved]);
    expect(await notify(stream, stream[1]!)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(inbox.size).toBe(0);
  });

  test.each<OrderConfirmed | OrderCancelled>([
    { type: 'OrderConfirmed', data: {} },
    { type: 'OrderCancelled', data: { reason: 'out_of_stock', parked: [] } },
  ])('sends an $type back that does not say whose order it is, as older ones did not', async (event) => {
    const stream = streamOf([created(), event]);
    expect(await notify(stream, stream[1]!)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(inbox.size).toBe(0);
  });
});

describe('The message about a cancelled order', () => {
  test.each(CANCELLATION_REASONS)('has a template of its own for %s', (reason) => {
    const message = messageFor(ORDER_ID, { type: 'OrderCancelled', data: { reason, parked: [] } });
    expect(message).toMatchObject({
      template: `order-cancelled/${reason}`,
      values: { orderId: ORDER_ID },
      text: expect.stringMatching(/You pay nothing/),
    });
  });

  test.each(COMPENSATIONS)('tells of a delayed refund only when the money is not back: %s is parked', (step) => {
    const { values, text } = messageFor(ORDER_ID, {
      type: 'OrderCancelled',
      data: { reason: 'address_refused', parked: [step] },
    });
    expect(values.refundDelayed ?? false).toBe(step === 'VoidPayment');
    expect(/not back yet/.test(text)).toBe(step === 'VoidPayment');
  });
});

describe('The message about a return', () => {
  const returnId = 'a-return';
  const received = (accepted: readonly Units[], rejected: readonly RejectedUnits[]) =>
    messageFor(ORDER_ID, { type: 'ReturnReceived', data: { returnId, accepted, rejected } });
  const tShirts = (quantity: number): Units => ({ sku: 'TSHIRT' as Sku, quantity });

  test('says which units are accepted and refunded, and which are not and why', () => {
    expect(received([tShirts(2)], [{ ...tShirts(1), reason: 'used' }])).toEqual({
      template: 'return-received',
      values: { orderId: ORDER_ID, returnId, accepted: [tShirts(2)], rejected: [{ ...tShirts(1), reason: 'used' }] },
      text:
        `Your return of order ${ORDER_ID}: We have accepted 2 × TSHIRT, and refund what you paid for it and have not got back yet. ` +
        'We could not accept 1 × TSHIRT (used).',
    });
  });

  test.each(REJECTION_REASONS)('has words for the reason %s', (reason) => {
    const { text } = received([], [{ ...tShirts(1), reason }]);
    expect(text).toMatch(/We could not accept 1 × TSHIRT \(.+\)\.$/);
    expect(text).not.toMatch(/accepted|_/);
  });

  test('speaks of no rejection when everything is accepted', () => {
    expect(received([tShirts(1)], []).text).not.toMatch(/could not/);
  });

  test('leaves out what an operator wrote about the units', () => {
    const message = received([], [{ ...tShirts(1), reason: 'other', comment: 'Ms Li wore it.' }]);
    expect(JSON.stringify(message)).not.toContain('Li');
  });

  test('says which units the customer keeps', () => {
    expect(messageFor(ORDER_ID, { type: 'ReturnWithdrawn', data: { returnId, lines: [tShirts(3)] } })).toEqual({
      template: 'return-withdrawn',
      values: { orderId: ORDER_ID, returnId, withdrawn: [tShirts(3)] },
      text: expect.stringContaining('withdrawn for 3 × TSHIRT, which you keep'),
    });
  });
});
