/** Reservations that expire before their orders are paid: whoever touches the order next finds out. */
import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { confirmReservation } from '../../../../functions/inventory/application/confirm.ts';
import type { OrderEvent, OrderShipped, RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { InMemoryCarrier } from '../../../support/fakes/in-memory-carrier.ts';
import { InMemoryInventory } from '../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../support/fakes/in-memory-payment-gateway.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  line,
  newEvent,
  ORDER_ID,
  START,
} from '../../../support/orders/streams.ts';
import { STEP_FUNCTIONS } from '../../../support/saga/step-functions.ts';

const DAY = 86_400_000;
const FORWARD = ['ReserveInventory', 'AuthorisePayment', 'CreateShipment', 'CapturePayment'] as const;
const { sku } = line();

let log: InMemoryOrderLog;
let gateway: InMemoryPaymentGateway;
let inventory: InMemoryInventory;
let now: number;

const deps = () => ({
  log,
  inventory,
  gateways: { card: gateway },
  carrier: new InMemoryCarrier(),
  configuration: fixedConfiguration({ inventory: { reservationSeconds: 2 * 86_400 } }),
  now: () => now,
});
const play = (step: string, input = {}) =>
  STEP_FUNCTIONS.get(step)!(deps())({ orderId: ORDER_ID, attempt: 0, ...input });
const record = async (event: OrderEvent) => log.append(ORDER_ID, (await log.read(ORDER_ID)).length, [newEvent(event)]);
const last = async () => (await log.read(ORDER_ID)).at(-1)!;
const ship = async () => {
  await record({ type: 'OrderShipped', data: {} });
  return confirmReservation(deps(), (await last()) as RecordedOrderEvent<OrderShipped>);
};

beforeEach(async () => {
  log = new InMemoryOrderLog();
  gateway = new InMemoryPaymentGateway();
  inventory = new InMemoryInventory(log);
  inventory.stock(sku, 5);
  now = START;
  await record(created([line(sku, 2)]));
  await play('ReserveInventory');
});

test('A reservation says until when its goods are kept', async () => {
  const expiresAt = new Date(START + 2 * DAY).toISOString();
  expect(await inventory.find(ORDER_ID)).toMatchObject({ status: 'held', expiresAt });
  expect((await last()).data).toMatchObject({ expiresAt });
});

describe('When the reservation has expired before the order is paid', () => {
  test.each(FORWARD)('%s does nothing, and has the order cancelled for that', async (step) => {
    for (const before of FORWARD.slice(1, FORWARD.indexOf(step))) await play(before);
    const movements = gateway.movements(ORDER_ID);
    now += 2 * DAY;
    await expect(play(step)).rejects.toMatchObject({ name: 'CancellationRequested', retryable: false });
    expect(await last()).toMatchObject({
      type: 'CancellationRequested',
      data: { reason: 'reservation_expired' },
      actor: { type: 'system', id: 'ExpireReservation' },
    });
    expect(gateway.movements(ORDER_ID)).toEqual(movements);
  });

  test('a step that may have had its effect says so, so that it is compensated', async () => {
    now += 2 * DAY;
    await expect(play('CapturePayment', { attempt: 1 })).rejects.toMatchObject({ name: 'CancellationAfterAttempt' });
  });

  test('the compensations give the goods back', async () => {
    await play('AuthorisePayment');
    now += 2 * DAY;
    await expect(play('CapturePayment')).rejects.toMatchObject({ name: 'CancellationRequested' });
    for (const step of ['CancelShipment', 'VoidPayment', 'ReleaseInventory']) await play(step);
    expect(inventory.stockOf(sku)).toEqual({ available: 5, reserved: 0 });
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'void']);
  });

  test('the items cannot change any more', async () => {
    await record(changeRequested());
    now += 2 * DAY;
    await expect(play('AdjustReservation', { changeId: CHANGE_ID })).rejects.toMatchObject({
      name: 'ItemsChangeNotPossible',
    });
  });

  test('a late confirmation is refused, also before anything else has noticed', async () => {
    now += 2 * DAY;
    await expect(ship()).rejects.toMatchObject({ name: 'ReservationNotHeld', data: { status: 'expired' } });
    expect(inventory.stockOf(sku)).toEqual({ available: 3, reserved: 2 });
  });

  test('a step that meets another writer begins again', async () => {
    now += 2 * DAY;
    const read = log.read.bind(log);
    log.read = async (...args) => {
      const events = await read(...args);
      log.read = read;
      await record({
        type: 'StepDelayed',
        data: { step: 'CapturePayment', partner: 'platform', error: 'X', until: '' },
      });
      return events;
    };
    await expect(play('CapturePayment')).rejects.toMatchObject({ name: 'ConcurrencyConflict', retryable: true });
    expect((await last()).type).toBe('StepDelayed');
  });
});

test('A moment before it expires, the order goes on', async () => {
  now += 2 * DAY - 1;
  for (const step of FORWARD.slice(1)) await play(step);
  expect((await last()).type).toBe('PaymentCaptured');
});

test('A paid order keeps its goods for as long as the parcel takes to leave', async () => {
  for (const step of FORWARD.slice(1)) await play(step);
  now += 30 * DAY;
  await play('CapturePayment');
  await ship();
  expect(inventory.stockOf(sku)).toEqual({ available: 3, reserved: 0, sold: 2 });
});
