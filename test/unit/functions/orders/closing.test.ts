import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { makeHandler as makeCancel } from '../../../../functions/orders/cancel-order.ts';
import { makeHandler as makeConfirm } from '../../../../functions/orders/confirm-order.ts';
import { makeHandler as makeRefuse } from '../../../../functions/orders/refuse-items-change.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  HAPPY_PATH,
  newEvent,
  ORDER_ID,
  START,
} from '../../../support/orders/streams.ts';

const snapshots = new InMemorySnapshots();
let log: InMemoryOrderLog;
const now = () => START;
const confirm = (input: unknown) => makeConfirm({ log, snapshots, now })(input);
const cancel = (input: object) =>
  makeCancel({ log, snapshots, now })({ reason: 'payment_declined', parked: [], ...input });
const history = async () => (await log.read(ORDER_ID)).map(({ type }) => type);

beforeEach(() => {
  log = new InMemoryOrderLog();
});
const given = (...events: readonly OrderEvent[]) =>
  log.append(
    ORDER_ID,
    0,
    events.map((event, index) => newEvent(event, index)),
  );

describe('Confirm order', () => {
  test('records the confirmation and answers its version, whatever version it was told', async () => {
    await given(...HAPPY_PATH.slice(0, -1));
    expect(await confirm({ orderId: ORDER_ID, version: 2 })).toEqual({ version: 6 });
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      correlationId: 'corr-1',
      actor: { type: 'system', id: 'ConfirmOrder' },
      occurredAt: new Date(START).toISOString(),
    });
  });

  test('again answers the same and records nothing', async () => {
    await given(...HAPPY_PATH);
    expect(await confirm({ orderId: ORDER_ID, version: 5 })).toEqual({ version: 6 });
    expect(await history()).toHaveLength(6);
  });

  test('of an order that is not ready names both states', async () => {
    await given(created());
    await expect(confirm({ orderId: ORDER_ID, version: 1 })).rejects.toMatchObject({
      name: 'IllegalOrderTransition',
      message: /created.*processing/,
    });
  });

  test('of an order that is not paid is a defect of the saga, which says what is missing', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised, EVENTS.arranged);
    await expect(confirm({ orderId: ORDER_ID, version: 4 })).rejects.toThrow(/incomplete.*authorised.*arranged/);
  });

  test('decides anew when another event came in between', async () => {
    await given(...HAPPY_PATH.slice(0, -1));
    const append = log.append.bind(log);
    let raced = false;
    log.append = async (orderId, version, events) => {
      if (!raced) {
        raced = true;
        await append(ORDER_ID, 5, [newEvent(EVENTS.cancelled, 5)]);
      }
      return append(orderId, version, events);
    };
    await expect(confirm({ orderId: ORDER_ID, version: 5 })).rejects.toMatchObject({ name: 'IllegalOrderTransition' });
    expect((await history()).at(-1)).toBe('OrderCancelled');
  });

  test.each([
    ['no order id', { version: 1 }, /orderId/],
    ['something that is no order id', { orderId: 'x', version: 1 }, /orderId/],
    ['no version', { orderId: ORDER_ID }, /version/],
    ['nothing', undefined, /./],
  ])('called with %s is InvalidStepInput that names the field', async (_, input, said) => {
    await expect(confirm(input)).rejects.toMatchObject({
      name: 'InvalidStepInput',
      retryable: false,
      message: expect.stringMatching(said),
    });
  });

  test('of an order that does not exist is OrderNotFound', async () => {
    await expect(confirm({ orderId: ORDER_ID, version: 1 })).rejects.toMatchObject({
      name: 'OrderNotFound',
      retryable: false,
    });
  });

  test.each([
    ['throttled', { name: 'ThrottlingException' }, 'DependencyUnavailable'],
    ['broken', { name: 'InternalServerError', $metadata: { httpStatusCode: 500 } }, 'DependencyUnavailable'],
    ['out of reach', { name: 'Error', code: 'ECONNREFUSED' }, 'DependencyUnavailable'],
    [
      'held by another transaction',
      { name: 'TransactionCanceledException', CancellationReasons: [{ Code: 'TransactionConflict' }] },
      'ConcurrencyConflict',
    ],
    ['called wrongly', { name: 'ValidationException', $metadata: { httpStatusCode: 400 } }, 'ValidationException'],
  ])('when DynamoDB is %s ends with the name that the saga knows', async (_, error, name) => {
    log.readLast = async () => {
      throw Object.assign(new Error('from the SDK'), error);
    };
    await expect(confirm({ orderId: ORDER_ID, version: 1 })).rejects.toMatchObject({ name });
  });
});

describe('Cancel order', () => {
  test('records why', async () => {
    await given(created(), EVENTS.reserved, EVENTS.declined);
    expect(await cancel({ orderId: ORDER_ID, version: 3 })).toEqual({ version: 4 });
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'OrderCancelled',
      data: { reason: 'payment_declined', parked: [] },
    });
  });

  test.each([
    ['as it was placed', [created()], 0],
    ['as it was approved', [created(), { type: 'OrderApproved', data: {} }], 1],
    [
      'because somebody asked for it',
      [created(), { type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } }],
      1,
    ],
  ] as const)('is caused by what the saga was at work for: the order %s', async (_, events, cause) => {
    await given(...events);
    await cancel({ orderId: ORDER_ID, version: 1 });
    const stream = await log.read(ORDER_ID);
    expect(stream.at(-1)).toMatchObject({ type: 'OrderCancelled', causationId: stream[cause]!.eventId });
  });

  test('records each parked compensation, with an id of its own, and the end in one go', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised);
    const parked = [
      { step: 'CancelShipment', error: 'CarrierUnavailable' },
      { step: 'VoidPayment', error: 'PaymentGatewayUnavailable' },
    ];
    expect(await cancel({ orderId: ORDER_ID, version: 3, parked })).toEqual({ version: 6 });
    const events = await log.read(ORDER_ID, 4);
    expect(events.map(({ type }) => type)).toEqual(['CompensationParked', 'CompensationParked', 'OrderCancelled']);
    expect(events.slice(0, 2).map(({ data }) => data)).toEqual(parked);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
  });

  test('again answers the same and records nothing', async () => {
    await given(created(), EVENTS.cancelled);
    expect(await cancel({ orderId: ORDER_ID, version: 1 })).toEqual({ version: 2 });
  });

  test('after the confirmation is refused: the pivot is behind it', async () => {
    await given(...HAPPY_PATH);
    await expect(cancel({ orderId: ORDER_ID, version: 6 })).rejects.toMatchObject({ name: 'IllegalOrderTransition' });
  });

  test.each([
    [{ reason: 'bad_mood' }, /reason/],
    [{ parked: [{ step: 'Nap', error: 'x' }] }, /parked/],
  ])('with %j is InvalidStepInput', async (over, said) => {
    await expect(cancel({ orderId: ORDER_ID, version: 1, ...over })).rejects.toMatchObject({
      name: 'InvalidStepInput',
      message: expect.stringMatching(said),
    });
  });
});

describe('Refuse a change of items', () => {
  const refuse = (input: object = {}) =>
    makeRefuse({ log, snapshots, now })({
      orderId: ORDER_ID,
      version: 1,
      changeId: CHANGE_ID,
      reason: 'out_of_stock',
      ...input,
    });

  test('answers the change, once', async () => {
    await log.append(ORDER_ID, 0, [newEvent(created()), changeRequested()]);
    expect(await refuse()).toEqual({ version: 3 });
    expect(await refuse()).toEqual({ version: 3 });
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'ItemsChangeRefused',
      data: { changeId: CHANGE_ID, reason: 'out_of_stock' },
      causationId: CHANGE_ID,
      actor: { type: 'system', id: 'RefuseItemsChange' },
    });
  });

  test('that was made after all records nothing', async () => {
    await log.append(ORDER_ID, 0, [
      newEvent(created()),
      changeRequested(),
      newEvent({ type: 'ItemsChanged', data: changeRequested().data }),
    ]);
    expect(await refuse()).toEqual({ version: 3 });
    expect(await history()).toEqual(['OrderCreated', 'ItemsChangeRequested', 'ItemsChanged']);
  });

  test('refuses reasons that are not of the published language', async () => {
    await expect(refuse({ reason: 'bad_mood' })).rejects.toMatchObject({ name: 'InvalidStepInput' });
  });
});
