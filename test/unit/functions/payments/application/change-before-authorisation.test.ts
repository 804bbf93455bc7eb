import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { makeHandler as makeAdjust } from '../../../../../functions/payments/adjust-authorisation.ts';
import type { PaymentDeps } from '../../../../../functions/payments/application/ports.ts';
import { makeHandler as makeAuthorise } from '../../../../../functions/payments/authorise-payment.ts';
import type { NewOrderEvent } from '../../../../../functions/published/order-events.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../../support/fakes/in-memory-payment-gateway.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  line,
  newEvent,
  ORDER_ID,
  priced,
  START,
} from '../../../../support/orders/streams.ts';

const { total } = created().data;
const CHEAPER = [line('MUG-BLUE', 1, total.amount - 1)];
const DEARER = [line('MUG-BLUE', 2)];

let gateway: InMemoryPaymentGateway;
let log: InMemoryOrderLog;
let deps: PaymentDeps;
beforeEach(async () => {
  gateway = new InMemoryPaymentGateway();
  log = new InMemoryOrderLog();
  deps = { gateways: { card: gateway }, log, now: () => START };
  await log.append(ORDER_ID, 0, [newEvent(created()), newEvent(EVENTS.reserved)]);
});

const add = async (...events: readonly NewOrderEvent[]) =>
  void (await log.append(ORDER_ID, (await log.read(ORDER_ID)).length, events));
const authorise = () => makeAuthorise(deps)({ orderId: ORDER_ID, attempt: 0 });
const adjust = () => makeAdjust(deps)({ orderId: ORDER_ID, changeId: CHANGE_ID });
const movements = () => gateway.movements(ORDER_ID);
const last = async () => (await log.read(ORDER_ID)).at(-1)!;
/** Has the change requested while the gateway works. */
const meanwhile = (event: NewOrderEvent) => {
  const ask = gateway.authorise.bind(gateway);
  vi.spyOn(gateway, 'authorise').mockImplementationOnce(async (...args) => {
    const payment = await ask(...args);
    await add(event);
    return payment;
  });
};

describe('Before the payment is authorised, a change that makes the order cost more', () => {
  test('waits, and asks the gateway for nothing', async () => {
    await add(changeRequested(DEARER));
    const find = vi.spyOn(gateway, 'find');
    await expect(adjust()).rejects.toMatchObject({ name: 'ConcurrencyConflict', retryable: true });
    expect([movements(), find.mock.calls]).toEqual([[], []]);
  });

  test('does not wait for the authorisation any more when the order is cancelled, for whatever reason', async () => {
    await add(changeRequested(DEARER), newEvent(EVENTS.declined));
    await expect(adjust()).rejects.toMatchObject({ name: 'ConcurrencyConflict' });
    await add(newEvent(EVENTS.cancelled));
    await expect(adjust()).rejects.toMatchObject({ name: 'ItemsChangeNotPossible', retryable: false });
  });

  test.each([
    ['was requested before', () => add(changeRequested(DEARER))],
    ['is requested meanwhile', async () => meanwhile(changeRequested(DEARER))],
  ])('lets the order be authorised as it is when it %s, and is then declined alone', async (_, request) => {
    const { data } = created();
    log = new InMemoryOrderLog();
    deps = { gateways: { card: gateway }, log, now: () => START };
    const paymentMethod = { type: 'card', token: `tok_limit_${total.amount}` } as const;
    await add(newEvent({ type: 'OrderCreated', data: { ...data, paymentMethod } }));
    await request();
    await authorise();
    expect(await last()).toMatchObject({ type: 'PaymentAuthorised', data: { amount: total } });
    await expect(adjust()).rejects.toMatchObject({ name: 'PaymentDeclined' });
    expect(await gateway.find(ORDER_ID)).toMatchObject({ status: 'authorised', amount: total });
  });

  test('is raised when the card is good for it', async () => {
    await add(changeRequested(DEARER));
    await authorise();
    await adjust();
    expect(movements()).toEqual(['authorisation', 'adjustment']);
    expect(await last()).toMatchObject({
      data: { amount: priced(DEARER).total },
      actor: { id: 'AdjustAuthorisation' },
    });
  });
});

describe('Before the payment is authorised, a change that makes the order cost no more', () => {
  test.each([
    ['less', CHEAPER],
    ['the same', [line('MUG-RED', 1)]],
  ])('waits for nothing when it costs %s: a card may be good for the new order only', async (_, to) => {
    await add(changeRequested(to));
    await adjust();
    expect(movements()).toEqual([]);
  });

  test('is waited for by the authorisation', async () => {
    await add(changeRequested(CHEAPER));
    await expect(authorise()).rejects.toMatchObject({ name: 'OrderChanged' });
    expect(movements()).toEqual([]);
  });

  test('outdates an authorisation that is under way', async () => {
    meanwhile(changeRequested(CHEAPER));
    await expect(authorise()).rejects.toMatchObject({ name: 'OrderChanged' });
    expect(await last()).toMatchObject({ type: 'ItemsChangeRequested' });
  });
});

test('A change that was made while the payment was being authorised has the authorisation done again for the new items', async () => {
  meanwhile(newEvent({ type: 'ItemsChanged', data: { changeId: CHANGE_ID, ...priced(DEARER) } }, 12));
  await expect(authorise()).rejects.toMatchObject({ name: 'OrderChanged' });
  await authorise();
  expect(await last()).toMatchObject({ type: 'PaymentAuthorised', data: { amount: priced(DEARER).total } });
});
