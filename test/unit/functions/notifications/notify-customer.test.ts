import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Notification } from '../../../../functions/notifications/application/ports.ts';
import { makeHandler } from '../../../../functions/notifications/notify-customer.ts';
import type { OrderCreated, RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { CUSTOMER_ID, created, EVENTS, HAPPY_PATH, ORDER_ID, streamOf } from '../../../support/orders/streams.ts';

let inbox: Map<string, Notification>;
/** Hands over events of this stream. */
const notify = async (stream: readonly RecordedOrderEvent[], ...events: readonly RecordedOrderEvent[]) =>
  makeHandler({
    log: await InMemoryOrderLog.of(stream),
    inbox: { put: async (notification) => void inbox.set(notification.notificationId, notification) },
    shop: { language: 'en', timeZone: 'UTC' },
  })(sqsEvent(...events), lambdaContext());
const templates = () => [...inbox.values()].map(({ template }) => template);

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
        kind: 'order',
        template: 'order-confirmed',
        templateVersion: 1,
        language: 'en',
        values: { orderId: ORDER_ID, total: created().data.total, carrier: 'Sim Express' },
        occurredAt: confirmed.occurredAt,
        notificationId: `${confirmed.occurredAt}#${confirmed.eventId}`,
        subject: 'Your order is confirmed',
        text: `Your order ${ORDER_ID} is paid: CN¥45.00.\nWe get it ready for Sim Express.`,
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

  test('has no words for other events', async () => {
    const stream = streamOf([created(), EVENTS.reserved]);
    expect(await notify(stream, stream[1]!)).toEqual({ batchItemFailures: [] });
    expect(inbox.size).toBe(0);
  });

  test('tells nothing that something later has overtaken, in whatever order the events come', async () => {
    const stream = streamOf([...HAPPY_PATH, { type: 'OrderShipped', data: {} }, { type: 'OrderDelivered', data: {} }]);
    await notify(stream, ...[...stream].reverse());
    expect(templates()).toEqual(['order-delivered']);
  });

  test('writes in the language of the order, and in the shop’s for an order without one', async () => {
    const inChinese: OrderCreated = { ...created(), data: { ...created().data, language: 'zh' } };
    for (const first of [inChinese, created()]) {
      inbox.clear();
      const stream = streamOf([first]);
      await notify(stream, stream[0]!);
      expect([...inbox.values()]).toMatchObject([{ language: first.data.language ?? 'en' }]);
    }
  });

  test('sends back an event that its log does not have yet', async () => {
    const stream = streamOf(HAPPY_PATH);
    expect(await notify(stream.slice(0, 3), stream.at(-1)!)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
  });
});
