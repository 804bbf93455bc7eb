import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import type { ShipmentId } from '../../../../functions/shared/kernel/shipment-id.ts';
import { type LookDeps, lookAfterParcels } from '../../../../functions/shipping/application/look-after-parcels.ts';
import { watchParcels } from '../../../../functions/shipping/application/watch-parcels.ts';
import { CarrierUnavailable } from '../../../../functions/shipping/domain/errors.ts';
import type { CarrierReport } from '../../../../functions/shipping/domain/tracking.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryParcelWatch } from '../../../support/fakes/in-memory-parcel-watch.ts';
import { FIRST, IN_TWO_PARCELS, LEAVING, SECOND, SECOND_LEAVES } from '../../../support/orders/parcels.ts';
import { ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SETTINGS = { askAfterSeconds: 86_400, quietSeconds: 7 * 86_400, taskDueSeconds: 14_400 };

let log: InMemoryOrderLog;
let watch: InMemoryParcelWatch;
let now: number;
let asked: ShipmentId[];
let told: CarrierReport[];
let isAway: boolean;

const deps = (): LookDeps => ({
  log,
  watch,
  now: () => now,
  settings: async () => SETTINGS,
  carrier: {
    find: async (shipmentId) => {
      asked.push(shipmentId);
      if (isAway) throw new CarrierUnavailable(ORDER_ID);
      const booking = { bookingId: 'shp-1', carrier: 'Sim Express', trackingNumber: 'SX1', revision: 1 };
      return { status: 'booked', ...booking, reports: told };
    },
  },
});
/** The first parcel of two has left, and whatever else has happened since; the order is watched. */
async function given(...events: readonly OrderEvent[]): Promise<void> {
  log = await InMemoryOrderLog.of(streamOf([...IN_TWO_PARCELS, ...LEAVING, ...events]));
  const leaving = (await log.read(ORDER_ID)).find((event) => event.type === 'ShipmentHandedOver')!;
  await watchParcels({ watch, settings: async () => SETTINGS }, leaving);
}
async function lookAt(days: number): Promise<void> {
  now = START + days * DAY_MS;
  await lookAfterParcels(deps(), Infinity);
}
const recorded = async () =>
  (await log.read(ORDER_ID))
    .filter(({ actor }) => actor.id === 'LookAfterParcels')
    .map(({ type, data }) => [type, data]);

beforeEach(() => {
  [watch, asked, told, isAway] = [new InMemoryParcelWatch(), [], [], false];
});

describe('A carrier', () => {
  test('is not asked before it has told nothing for a day, and then each day', async () => {
    await given();
    await lookAt(0.9);
    expect(asked).toEqual([]);
    await lookAt(1.1);
    await lookAt(1.2);
    expect(asked).toEqual([FIRST]);
    await lookAt(2.2);
    expect(asked).toEqual([FIRST, FIRST]);
  });

  test('has what it says recorded as if it had told it, each report once, whichever way it comes', async () => {
    await given();
    const seen: CarrierReport = { reportId: 'trk-1', status: 'in_transit', at: '2026-01-02T03:04:05.678Z' };
    told = [seen];
    await lookAt(1.1);
    told = [seen, { reportId: 'trk-2', status: 'delivered', at: '2026-01-03T03:04:05.678Z' }];
    await lookAt(3);
    await lookAt(5);
    expect(await recorded()).toEqual([
      ['ShipmentTracked', { shipmentId: FIRST, ...seen }],
      ['ShipmentTracked', { shipmentId: FIRST, ...told[1] }],
    ]);
  });

  test('is asked no more once all parcels have arrived', async () => {
    await given({ type: 'ShipmentDelivered', data: { shipmentId: FIRST } });
    await lookAt(1.1);
    expect([asked, watch.all()]).toEqual([[], []]);
  });

  test('is asked about the parcels alone of which it tells nothing', async () => {
    await given(SECOND_LEAVES, { type: 'ShipmentDelivered', data: { shipmentId: FIRST } });
    await lookAt(1.1);
    expect(asked).toEqual([SECOND]);
  });

  test('that is away is asked again after an hour, and no parcel becomes a task by that', async () => {
    await given();
    isAway = true;
    await lookAt(8);
    expect(watch.all()).toEqual([{ orderId: ORDER_ID, lookAt: now + HOUR_MS }]);
    expect(await recorded()).toEqual([]);
  });
});

describe('A parcel of which nothing is known for a week', () => {
  test('is one task for a person', async () => {
    await given();
    await lookAt(6);
    expect(await recorded()).toEqual([]);
    await lookAt(7.1);
    await lookAt(9);
    expect(await recorded()).toMatchObject([
      ['TaskOpened', { kind: 'parcel', shipmentId: FIRST, error: 'quiet', dueAt: expect.any(String) }],
    ]);
  });

  test('is looked for no more once a person has settled the task', async () => {
    const taskId = '0190f3a0-0000-7000-8000-0000000000e2';
    const settled = { taskId, kind: 'parcel', shipmentId: FIRST, resolution: 'done_outside' } as const;
    await given({ type: 'TaskResolved', data: settled });
    await lookAt(8);
    expect([asked, watch.all()]).toEqual([[], []]);
  });
});
