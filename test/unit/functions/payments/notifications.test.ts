import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { NotificationReader } from '../../../../functions/payments/application/notification-ports.ts';
import { receiveNotification } from '../../../../functions/payments/application/receive-notification.ts';
import { settleLatePayment } from '../../../../functions/payments/application/settle-late-payment.ts';
import { COMPENSATION } from '../../../../functions/payments/domain/compensation-ids.ts';
import { PaymentGatewayUnavailable, PaymentOutcomeUnknown } from '../../../../functions/payments/domain/errors.ts';
import type { Payment } from '../../../../functions/payments/domain/payment.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { accept, refuse } from '../../../../functions/shared/kernel/result.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../support/fakes/in-memory-payment-gateway.ts';
import { byCard } from '../../../support/orders/by-card.ts';
import { created, EVENTS, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';

const TAKEN = { status: 200, body: 'success', contentType: 'text/plain' };
const REFUSED = { status: 401, body: 'fail', contentType: 'text/plain' };
/** A channel whose signature is the word `signed` before the notification's id. */
const reader: NotificationReader = {
  taken: TAKEN,
  refused: REFUSED,
  verify: async ({ rawBody, headers }) =>
    headers['x-signature'] === `signed ${rawBody}`
      ? accept({ orderId: ORDER_ID, notificationId: rawBody })
      : refuse('wrong signature'),
};
const notified: OrderEvent = { type: 'PaymentNotified', data: { channel: 'alipay', notificationId: 'n-1' } };
const { total } = created().data;

let seen: string[];
const monitor = {
  refused: (channel: string, reason: string) => void seen.push(`${channel} ${reason}`),
  ofNoOrder: (channel: string, notificationId: string) => void seen.push(`${channel} ${notificationId}`),
};

let log: InMemoryOrderLog;
let gateway: InMemoryPaymentGateway;
const record = async (...events: readonly OrderEvent[]) => {
  const { length } = await log.read(ORDER_ID);
  await log.append(
    ORDER_ID,
    length,
    events.map((event, at) => newEvent(event, length + at)),
  );
};
const receive = (rawBody: string, signature = `signed ${rawBody}`, channel = 'alipay') =>
  receiveNotification({ log, now: () => START, readers: { alipay: reader }, monitor }, channel, {
    rawBody,
    headers: { 'x-signature': signature },
    receivedAt: START,
  });
const types = async () => (await log.read(ORDER_ID)).map(({ type }) => type);
const settle = (isLastAttempt = false) =>
  settleLatePayment({ log, gateways: { card: gateway }, now: () => START }, ORDER_ID, {
    dueAt: START + 1_000,
    isLastAttempt,
  });
const pay = async () => {
  await gateway.authorise(ORDER_ID, total, byCard('tok_ok'));
  await gateway.capture(ORDER_ID, total);
};

beforeEach(() => {
  log = new InMemoryOrderLog();
  gateway = new InMemoryPaymentGateway();
  seen = [];
});

describe('A notification', () => {
  test('is stored before it is answered, once however often it comes', async () => {
    await record(created());
    expect(await receive('n-1')).toEqual(TAKEN);
    expect(await receive('n-1')).toEqual(TAKEN);
    expect(await receive('n-2')).toEqual(TAKEN);
    expect(await types()).toEqual(['OrderCreated', 'PaymentNotified', 'PaymentNotified']);
  });

  test('is stored once when it comes twice at the same moment', async () => {
    await record(created());
    expect(await Promise.all([receive('n-1'), receive('n-1')])).toEqual([TAKEN, TAKEN]);
    expect(await types()).toEqual(['OrderCreated', 'PaymentNotified']);
  });

  test('that is forged is refused, and leaves nothing in the order', async () => {
    await record(created());
    expect(await receive('n-1', 'signed n-2')).toEqual(REFUSED);
    expect(seen).toEqual(['alipay wrong signature']);
    expect(await types()).toEqual(['OrderCreated']);
  });

  test('about an order that there is not is taken, so that it does not come for ever', async () => {
    expect(await receive('n-1')).toEqual(TAKEN);
    expect(seen).toEqual(['alipay n-1']);
    expect(await types()).toEqual([]);
  });

  test('about something that is no order is taken, too', async () => {
    const other = { ...reader, verify: async () => accept({ orderId: undefined, notificationId: 'n-1' }) };
    const received = { rawBody: '', headers: {}, receivedAt: START };
    expect(
      await receiveNotification({ log, now: () => START, readers: { card: other }, monitor }, 'card', received),
    ).toEqual(TAKEN);
    expect(seen).toEqual(['card n-1']);
  });

  test.each(['wechat-pay', 'constructor', ''])('of a channel that there is not is nobody’s: %j', async (channel) => {
    await record(created());
    expect(await receive('n-1', 'signed n-1', channel)).toBeUndefined();
  });

  test('is not answered when it cannot be stored', async () => {
    log.append = async () => Promise.reject(new Error('The table is away.'));
    log.read = async () => [{ ...newEvent(created()), orderId: ORDER_ID, version: 1 }] as never;
    await expect(receive('n-1')).rejects.toThrow('away');
  });
});

describe('A payment that came after its order was cancelled', () => {
  test('is given back, also when only a notification tells of it', async () => {
    await record(created(), { type: 'PaymentVoided', data: { paymentId: 'pay-1' } }, EVENTS.cancelled, notified);
    await pay();
    await settle();
    await settle();
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    expect((await types()).filter((type) => type === 'PaymentRefunded')).toHaveLength(1);
  });

  test('is in the history, and so in the books, as long as the channel has not given it back', async () => {
    await record(created(), EVENTS.cancelled, notified);
    await pay();
    const refund = vi.spyOn(gateway, 'refund').mockImplementation(async (orderId) => {
      const payment = await gateway.find(orderId);
      return { ...payment, refunds: [{ refundId: COMPENSATION, amount: total, isPending: true }] } as Payment;
    });
    await expect(settle()).rejects.toThrow(PaymentOutcomeUnknown);
    await expect(settle()).rejects.toThrow(PaymentOutcomeUnknown);
    expect(await types()).toEqual(['OrderCreated', 'OrderCancelled', 'PaymentNotified', 'PaymentCaptured']);
    refund.mockRestore();
    await settle();
    expect((await types()).slice(3)).toEqual(['PaymentCaptured', 'PaymentRefunded']);
  });

  test('is a person’s task when it cannot be given back even at the last attempt', async () => {
    await record(created(), EVENTS.cancelled, notified);
    await pay();
    vi.spyOn(gateway, 'refund').mockRejectedValue(new PaymentGatewayUnavailable(ORDER_ID));
    await expect(settle()).rejects.toThrow(PaymentGatewayUnavailable);
    await settle(true);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'TaskOpened',
      data: { kind: 'compensation', step: 'VoidPayment', error: 'PaymentGatewayUnavailable' },
    });
  });

  test('is voided when it is only authorised', async () => {
    await record(created(), EVENTS.cancelled, notified);
    await gateway.authorise(ORDER_ID, total, byCard('tok_ok'));
    await settle();
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'void']);
  });

  test.each([
    ['the order goes on', [notified]],
    ['nobody notified us', [EVENTS.cancelled]],
  ])('is left alone while %s', async (_, events) => {
    await record(created(), ...events);
    await pay();
    await settle();
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });
});
