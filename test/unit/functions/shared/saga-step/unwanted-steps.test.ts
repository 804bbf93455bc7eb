/** Steps that an execution calls which the order's log gives no reason for. */
import { beforeEach, describe, expect, test } from 'vitest';
import { COMPENSATIONS, type OrderEvent } from '../../../../../functions/published/order-events.ts';
import { fixedConfiguration } from '../../../../support/fakes/fixed-configuration.ts';
import { InMemoryCarrier } from '../../../../support/fakes/in-memory-carrier.ts';
import { InMemoryInventory } from '../../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../../support/fakes/in-memory-payment-gateway.ts';
import { created, EVENTS, line, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';
import { STEP_FUNCTIONS } from '../../../../support/saga/step-functions.ts';

const FORWARD = ['ReserveInventory', 'AuthorisePayment', 'CreateShipment', 'CapturePayment'] as const;

let log: InMemoryOrderLog;
let gateway: InMemoryPaymentGateway;
let deps: object;
const play = (step: string) => STEP_FUNCTIONS.get(step)!(deps)({ orderId: ORDER_ID, attempt: 0 });
const record = async (event: OrderEvent) => log.append(ORDER_ID, (await log.read(ORDER_ID)).length, [newEvent(event)]);
const types = async () => (await log.read(ORDER_ID)).map(({ type }) => type);

beforeEach(() => {
  log = new InMemoryOrderLog();
  gateway = new InMemoryPaymentGateway();
  const inventory = new InMemoryInventory(log);
  inventory.stock(line().sku, 5);
  deps = {
    log,
    inventory,
    gateways: { card: gateway },
    carrier: new InMemoryCarrier(),
    configuration: fixedConfiguration(),
    now: () => START,
  };
});

describe('For a held order', () => {
  const order = created();
  beforeEach(() => record({ ...order, data: { ...order.data, review: 'required' } }));

  test.each(FORWARD)('%s is refused', async (step) => {
    await expect(play(step)).rejects.toMatchObject({ name: 'OrderHeld' });
    expect(await types()).toEqual(['OrderCreated']);
  });

  test('compensations leave nothing that would be in the way of its saga, once it is approved', async () => {
    for (const step of COMPENSATIONS) await play(step);
    expect(await types()).toEqual(['OrderCreated']);
    await record({ type: 'OrderApproved', data: {} });
    for (const step of FORWARD) await play(step);
    expect((await types()).slice(2)).toEqual([
      'InventoryReserved',
      'PaymentAuthorised',
      'ShipmentsPlanned',
      'ShipmentArranged',
      'PaymentCaptured',
    ]);
  });
});

describe('For a confirmed order', () => {
  beforeEach(async () => {
    await record(created());
    for (const step of FORWARD) await play(step);
    await record(EVENTS.confirmed);
  });

  test.each(COMPENSATIONS)('%s does nothing while the log has no request for its cancellation', async (step) => {
    await play(step);
    expect((await types()).at(-1)).toBe('OrderConfirmed');
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });

  test.each(FORWARD)('%s does nothing again, even when the partners have forgotten what they did', async (step) => {
    const before = await types();
    const forgetful = new InMemoryPaymentGateway();
    const carrier = new InMemoryCarrier();
    deps = { ...deps, gateways: { card: forgetful }, carrier, inventory: new InMemoryInventory(log) };
    await play(step);
    expect(await types()).toEqual(before);
    expect(forgetful.movements(ORDER_ID)).toEqual([]);
    expect(carrier.movements(ORDER_ID)).toEqual([]);
  });

  test.each(COMPENSATIONS)('%s is done after the request', async (step) => {
    await record({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'processing' } });
    await play(step);
    expect(await types()).toHaveLength(9);
  });
});
