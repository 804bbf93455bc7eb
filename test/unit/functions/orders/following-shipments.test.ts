import { beforeEach, expect, test } from 'vitest';
import { type FollowDeps, followShipment } from '../../../../functions/orders/application/follow-shipment.ts';
import type {
  OrderEvent,
  RecordedOrderEvent,
  ShipmentDelivered,
  ShipmentTracked,
} from '../../../../functions/published/order-events.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import { IN_TWO_PARCELS, LEAVING, SECOND, SECOND_LEAVES, tracked } from '../../../support/orders/parcels.ts';
import { EVENTS, ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const UNDER_WAY: readonly OrderEvent[] = [...IN_TWO_PARCELS, ...LEAVING, SECOND_LEAVES];

let log: InMemoryOrderLog;
let unexpected: string[];

beforeEach(() => {
  unexpected = [];
});

const given = async (...events: readonly OrderEvent[]) => {
  log = await InMemoryOrderLog.of(streamOf(events));
};
/** The last report, or the last delivery, comes to the consumer, as often as it is told. */
async function follow(times = 1): Promise<void> {
  const deps: FollowDeps = {
    log,
    snapshots: new InMemorySnapshots(),
    now: () => START,
    shipmentMonitor: { unexpected: (_, status) => void unexpected.push(status) },
    settings: async () => ({ taskDueSeconds: 3_600 }),
  };
  type Told = RecordedOrderEvent<ShipmentTracked | ShipmentDelivered>;
  const told = (await log.read(ORDER_ID)).findLast(
    (event): event is Told => event.type === 'ShipmentTracked' || event.type === 'ShipmentDelivered',
  )!;
  for (let time = 0; time < times; time += 1) await followShipment(deps, told);
}
async function recorded(event: OrderEvent): Promise<void> {
  const stream = await log.read(ORDER_ID);
  await log.append(ORDER_ID, stream.length, [streamOf([...stream, event]).at(-1)!]);
}
const tasks = async () =>
  (await log.read(ORDER_ID)).flatMap(({ type, data }) =>
    type === 'TaskOpened' || type === 'TaskResolved' ? [{ type, ...data }] : [],
  );

test.each(['lost', 'returned_to_sender'] as const)(
  'A parcel that is %s is one task for a person, due when the shop has set it',
  async (status) => {
    await given(...UNDER_WAY, tracked(SECOND, status));
    await follow(2);
    expect(await tasks()).toMatchObject([
      {
        type: 'TaskOpened',
        kind: 'parcel',
        shipmentId: SECOND,
        error: status,
        dueAt: new Date(START + 3_600_000).toISOString(),
      },
    ]);
  },
);

test('The task ends by itself when the parcel is delivered after all, as its carrier or an operator tells', async () => {
  for (const arrives of [
    tracked(SECOND, 'delivered', 200),
    { type: 'ShipmentDelivered', data: { shipmentId: SECOND } } as const,
  ]) {
    await given(...UNDER_WAY, tracked(SECOND, 'lost'));
    await follow();
    await recorded(arrives);
    await follow(2);
    expect(await tasks()).toMatchObject([
      { type: 'TaskOpened' },
      { type: 'TaskResolved', kind: 'parcel', shipmentId: SECOND, resolution: 'completed' },
    ]);
  }
});

test('What comes late of a lost parcel leaves the task', async () => {
  await given(...UNDER_WAY, tracked(SECOND, 'lost'));
  await follow();
  await recorded(tracked(SECOND, 'in_transit', 50));
  await follow();
  expect(await tasks()).toMatchObject([{ type: 'TaskOpened' }]);
});

test('A parcel that goes on is no task', async () => {
  await given(...UNDER_WAY, tracked(SECOND, 'delivery_attempted'));
  await follow();
  expect(await tasks()).toEqual([]);
});

test('A parcel of an order that is not to be sent leaves a line in the log, and no task', async () => {
  await given(...IN_TWO_PARCELS.slice(0, -1), EVENTS.cancelled, tracked(SECOND, 'lost'));
  await follow();
  expect([unexpected, await tasks()]).toEqual([['cancelled'], []]);
});
