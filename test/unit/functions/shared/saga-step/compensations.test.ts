import { beforeEach, describe, expect, test } from 'vitest';
import { COMPENSATIONS, type Compensation, taskIdOf } from '../../../../../functions/published/order-events.ts';
import { fixedConfiguration } from '../../../../support/fakes/fixed-configuration.ts';
import { InMemoryCarrier } from '../../../../support/fakes/in-memory-carrier.ts';
import { InMemoryInventory } from '../../../../support/fakes/in-memory-inventory.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../../support/fakes/in-memory-payment-gateway.ts';
import { created, line, newEvent, ORDER_ID, START } from '../../../../support/orders/streams.ts';
import { STEP_FUNCTIONS } from '../../../../support/saga/step-functions.ts';

let log: InMemoryOrderLog;
let deps: object;
const play = (step: string, input: object = {}) => STEP_FUNCTIONS.get(step)!(deps)({ orderId: ORDER_ID, ...input });
/** What the compensations have recorded. */
const undone = async () =>
  (await log.read(ORDER_ID)).map(({ type }) => type).filter((type) => /Released|Voided|Cancelled/.test(type));

const FACTS: Readonly<Record<Compensation, string>> = {
  CancelShipment: 'ShipmentCancelled',
  VoidPayment: 'PaymentVoided',
  ReleaseInventory: 'InventoryReleased',
};

beforeEach(async () => {
  log = new InMemoryOrderLog();
  const inventory = new InMemoryInventory(log);
  inventory.stock(line().sku, 5);
  deps = {
    log,
    inventory,
    gateways: { card: new InMemoryPaymentGateway() },
    carrier: new InMemoryCarrier(),
    configuration: fixedConfiguration(),
    now: () => START,
  };
  await log.append(ORDER_ID, 0, [newEvent(created())]);
  for (const step of ['ReserveInventory', 'AuthorisePayment', 'CreateShipment']) await play(step, { attempt: 0 });
});

describe.each(COMPENSATIONS)('%s', (step) => {
  test('is done when the saga names no compensation', async () => {
    await play(step);
    expect(await undone()).toEqual([FACTS[step]]);
  });

  test('is done when the saga runs the chain again for it, and not when it does for others', async () => {
    await play(step, { only: COMPENSATIONS.filter((other) => other !== step) });
    expect(await undone()).toEqual([]);
    await play(step, { only: [step] });
    expect(await undone()).toEqual([FACTS[step]]);
  });

  const resolve = async (resolution: 'done_outside' | 'nothing_to_do') => {
    const { length } = await log.read(ORDER_ID);
    const data = {
      taskId: taskIdOf(ORDER_ID, 'compensation', step, 1),
      kind: 'compensation',
      step,
      resolution,
    } as const;
    await log.append(ORDER_ID, length, [newEvent({ type: 'TaskResolved', data })]);
  };

  test('is not done any more when a person did it outside', async () => {
    await resolve('done_outside');
    await play(step);
    expect(await undone()).toEqual([]);
  });

  test('is done when its task was resolved because there was nothing to do: something may have come since', async () => {
    await resolve('nothing_to_do');
    await play(step);
    expect(await undone()).toEqual([FACTS[step]]);
  });

  test('takes no name that is no compensation', async () => {
    await expect(play(step, { only: ['Nap'] })).rejects.toMatchObject({ name: 'InvalidStepInput' });
  });
});
