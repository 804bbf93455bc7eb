import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { awaitRecovery } from '../../../../functions/recovery/application/await-recovery.ts';
import { keepWaitingOrders } from '../../../../functions/recovery/application/keep-waiting-orders.ts';
import { wakeOrder } from '../../../../functions/recovery/application/wake-order.ts';
import { isEndedBy } from '../../../../functions/recovery/domain/waiting-step.ts';
import {
  CUSTOMER_ID,
  created,
  EVENTS,
  line,
  newEvent,
  ORDER_ID,
  priced,
  START,
} from '../../../support/orders/streams.ts';
import { recoveryFakes } from '../../../support/recovery/recovery-fakes.ts';

const DAY_MS = 86_400_000;
const UNTIL = START + 14 * DAY_MS;
const lines = [{ sku: line().sku, quantity: 1 }];
const backordered: OrderEvent = {
  type: 'OrderBackordered',
  data: { customerId: CUSTOMER_ID, lines, until: new Date(UNTIL).toISOString() },
};
const reserved: OrderEvent = { type: 'InventoryReserved', data: { ...EVENTS.reserved.data, backordered: true } };
const short = { step: 'ReserveInventory', error: 'Backordered' } as const;

let fakes: ReturnType<typeof recoveryFakes>;
const wait = (failure: { readonly step: 'ReserveInventory' | 'CreateShipment'; readonly error: string } = short) =>
  awaitRecovery(fakes.deps, { orderId: ORDER_ID, taskToken: 'token-1', failures: [failure] });
const waits = () => fakes.deps.waits.find(ORDER_ID);

beforeEach(async () => {
  fakes = recoveryFakes();
  fakes.situation.circuit = { state: 'closed' };
  await fakes.deps.log.append(ORDER_ID, 0, [newEvent(created()), newEvent(backordered, 1)]);
});

describe('An order that waits for goods', () => {
  test('waits until the time that it was told is over, and looks four times a day by itself', async () => {
    await wait();
    const readyAt = fakes.situation.now + DAY_MS / 4;
    expect(await waits()).toEqual([
      expect.objectContaining({ partner: 'goods', kind: 'forward', deadline: UNTIL, readyAt }),
    ]);
  });

  test('goes on when its goods are reserved, when its items change, and when it is cancelled', async () => {
    const changed: OrderEvent = { type: 'ItemsChanged', data: { ...priced([line()]), changeId: 'change-1' } };
    const cancelled: OrderEvent = {
      type: 'CancellationRequested',
      data: { reason: 'customer_request', from: 'backordered' },
    };
    for (const event of [reserved, changed, cancelled]) expect(isEndedBy(event, short)).toBe(true);
    expect(isEndedBy(reserved, { ...short, error: 'DependencyUnavailable' })).toBe(false);
    await wait();
    await wakeOrder(fakes.deps, ORDER_ID, reserved);
    expect(fakes.answers).toEqual([['token-1', 'succeeded']]);
  });

  test('goes on at once when its goods were reserved before the wait was registered', async () => {
    const { log } = fakes.deps;
    const read = log.read.bind(log);
    let first = true;
    Object.assign(log, {
      read: async (...args: Parameters<typeof read>) => {
        const stream = await read(...args);
        if (first) await log.append(ORDER_ID, 2, [newEvent(reserved, 2)]);
        first = false;
        return stream;
      },
    });
    await wait();
    expect(fakes.released).toHaveLength(1);
  });

  test('is given up when the time is over, and no operator is called for that', async () => {
    await wait();
    fakes.situation.now = UNTIL;
    await keepWaitingOrders(fakes.deps, 'goods', 'message-1');
    expect(fakes.answers).toEqual([['token-1', 'BackorderExpired']]);
    expect(fakes.metrics.map(([name]) => name)).not.toContain('gaveUp');
  });

  test('does not begin to wait once the time is over', async () => {
    fakes.situation.now = UNTIL;
    await expect(wait()).rejects.toMatchObject({ name: 'BackorderExpired' });
  });

  test('has until then, too, when the platform is away as it looks for them', async () => {
    fakes.situation.now = START + 3 * DAY_MS;
    await wait({ step: 'ReserveInventory', error: 'DependencyUnavailable' });
    expect(await waits()).toEqual([expect.objectContaining({ partner: 'platform', deadline: UNTIL })]);
  });

  test('takes no time from the steps after it: their limit counts from when the goods were reserved', async () => {
    const afterSeconds = 5 * 86_400;
    await fakes.deps.log.append(ORDER_ID, 2, [
      newEvent(reserved, afterSeconds),
      newEvent(EVENTS.authorised, afterSeconds),
    ]);
    fakes.situation.now = START + 1_000 * (afterSeconds + 20_000);
    await wait({ step: 'CreateShipment', error: 'CarrierUnavailable' });
    expect((await waits())[0]!.deadline).toBe(START + 1_000 * (afterSeconds + 86_400));
  });
});
