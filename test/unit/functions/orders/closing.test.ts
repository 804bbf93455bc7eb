import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeCancel } from '../../../../functions/orders/cancel-order.ts';
import { makeHandler as makeConfirm } from '../../../../functions/orders/confirm-order.ts';
import { makeHandler as makeRefuse } from '../../../../functions/orders/refuse-items-change.ts';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import type { ConfigurationSource } from '../../../../functions/shared/configuration/port.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
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
/** Calls a step; resolves to the version at which the order's stream ends then. */
const endAfter = async (step: (input: unknown) => Promise<unknown>, input: unknown) => {
  await step(input);
  return (await log.read(ORDER_ID)).length;
};
const confirm = (input: unknown = { orderId: ORDER_ID }) => endAfter(makeConfirm({ log, snapshots, now }), input);
const cancel = (input: object = {}, configuration: ConfigurationSource = fixedConfiguration()) =>
  endAfter(makeCancel({ log, snapshots, now, configuration }), {
    orderId: ORDER_ID,
    reason: 'payment_declined',
    unfinished: [],
    ...input,
  });
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
  test('records the confirmation after what the order has come to', async () => {
    await given(...HAPPY_PATH.slice(0, -1));
    expect(await confirm()).toBe(6);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'OrderConfirmed',
      correlationId: 'corr-1',
      actor: { type: 'system', id: 'ConfirmOrder' },
      occurredAt: new Date(START).toISOString(),
    });
  });

  test('again records nothing', async () => {
    await given(...HAPPY_PATH);
    expect(await confirm()).toBe(6);
    expect(await history()).toHaveLength(6);
  });

  test('of an order that is not ready names both states', async () => {
    await given(created());
    await expect(confirm()).rejects.toMatchObject({ name: 'IllegalOrderTransition', message: /created.*processing/ });
  });

  test('of an order that is not paid is a defect of the saga, which says what is missing', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised, EVENTS.arranged);
    await expect(confirm()).rejects.toThrow(/incomplete.*authorised.*arranged/);
  });

  test('decides again when another event came in between', async () => {
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
    await expect(confirm()).rejects.toMatchObject({ name: 'CancellationRequested' });
    expect((await history()).at(-1)).toBe('OrderCancelled');
  });

  test.each([
    ['no order id', {}, /orderId/],
    ['something that is no order id', { orderId: 'x' }, /orderId/],
    ['nothing', null, /./],
  ])('called with %s is InvalidStepInput that names the field', async (_, input, said) => {
    await expect(confirm(input)).rejects.toMatchObject({
      name: 'InvalidStepInput',
      retryable: false,
      message: expect.stringMatching(said),
    });
  });

  test('of an order that does not exist is OrderNotFound', async () => {
    await expect(confirm()).rejects.toMatchObject({ name: 'OrderNotFound', retryable: false });
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
    await expect(confirm()).rejects.toMatchObject({ name });
  });
});

describe('Cancel order', () => {
  test('records why', async () => {
    await given(created(), EVENTS.reserved, EVENTS.declined);
    expect(await cancel()).toBe(4);
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
    await cancel();
    const stream = await log.read(ORDER_ID);
    expect(stream.at(-1)).toMatchObject({ type: 'OrderCancelled', causationId: stream[cause]!.eventId });
  });

  const failed = [
    { step: 'CancelShipment', error: 'CarrierUnavailable' },
    { step: 'VoidPayment', error: 'PaymentGatewayUnavailable' },
  ];

  test('records it, and refuses to end the saga while compensations are not done', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised);
    for (const unfinished of [failed, failed, failed.slice(1)]) {
      await expect(cancel({ unfinished })).rejects.toMatchObject({
        name: 'CompensationUnfinished',
        data: { steps: unfinished.map(({ step }) => step) },
      });
    }
    expect(await cancel()).toBe(4);
    expect((await log.read(ORDER_ID)).at(-1)).toMatchObject({
      type: 'OrderCancelled',
      data: { parked: failed.map(({ step }) => step) },
    });
  });

  test('for a definition of release 0.2.0 opens a task for each parked compensation, with ids of its own, in one go with the end', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised);
    expect(await cancel({ unfinished: undefined, parked: failed })).toBe(6);
    const events = await log.read(ORDER_ID, 4);
    expect(events.map(({ type }) => type)).toEqual(['TaskOpened', 'TaskOpened', 'OrderCancelled']);
    expect(events.slice(0, 2).map(({ data }) => data)).toMatchObject(failed);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);
  });

  test('reads the configuration only when it leaves something to a person', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised);
    const unreadable: ConfigurationSource = { current: () => Promise.reject(new Error('No configuration.')) };
    await expect(cancel({ parked: failed }, unreadable)).rejects.toThrow('No configuration.');
    expect(await cancel({}, unreadable)).toBe(4);
  });

  test('resolves the task of each compensation once, when it is done', async () => {
    await given(created(), EVENTS.reserved, EVENTS.authorised);
    await cancel({ parked: failed });
    await expect(cancel({ unfinished: failed.slice(1) })).rejects.toMatchObject({ name: 'CompensationUnfinished' });
    for (let time = 0; time < 2; time += 1) expect(await cancel()).toBe(8);
    const resolved = await log.read(ORDER_ID, 7);
    expect(resolved.map(({ data }) => data)).toMatchObject(
      failed.map(({ step }) => ({ kind: 'compensation', step, resolution: 'completed' })),
    );
    expect(new Set(resolved.map(({ eventId }) => eventId)).size).toBe(2);
  });

  test('again records nothing', async () => {
    await given(created(), EVENTS.cancelled);
    expect(await cancel()).toBe(2);
  });

  test('after the confirmation is refused: the pivot is behind it', async () => {
    await given(...HAPPY_PATH);
    await expect(cancel()).rejects.toMatchObject({ name: 'IllegalOrderTransition' });
  });

  test.each([
    [{ reason: 'bad_mood' }, /reason/],
    [{ unfinished: [{ step: 'Nap', error: 'x' }] }, /unfinished/],
  ])('with %j is InvalidStepInput', async (over, said) => {
    await expect(cancel({ ...over })).rejects.toMatchObject({
      name: 'InvalidStepInput',
      message: expect.stringMatching(said),
    });
  });
});

describe('Refuse a change of items', () => {
  const change = { orderId: ORDER_ID, changeId: CHANGE_ID, reason: 'out_of_stock' };
  const refuse = (input: object = {}) => endAfter(makeRefuse({ log, snapshots, now }), { ...change, ...input });

  test('answers the change, once', async () => {
    await log.append(ORDER_ID, 0, [newEvent(created()), changeRequested()]);
    expect(await refuse()).toBe(3);
    expect(await refuse()).toBe(3);
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
    expect(await refuse()).toBe(3);
    expect(await history()).toEqual(['OrderCreated', 'ItemsChangeRequested', 'ItemsChanged']);
  });

  test('refuses reasons that are not of the published language', async () => {
    await expect(refuse({ reason: 'bad_mood' })).rejects.toMatchObject({ name: 'InvalidStepInput' });
  });
});
