/** The steps of shipping for an order that travels in two parcels. */
import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { DEFAULT_LOCATION } from '../../../../functions/shared/kernel/location.ts';
import { CircuitOpen } from '../../../../functions/shared/outbound/errors.ts';
import { bookShipments } from '../../../../functions/shipping/application/book.ts';
import { cancelShipments } from '../../../../functions/shipping/application/cancel.ts';
import type { ShippingDeps } from '../../../../functions/shipping/application/ports.ts';
import { InMemoryCarrier } from '../../../support/fakes/in-memory-carrier.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { FIRST, MUGS, NORTH, PLANNED_IN_TWO, SECOND, SHIRTS } from '../../../support/orders/parcels.ts';
import { EVENTS, line, newEvent, ORDER_ID, priced, START } from '../../../support/orders/streams.ts';

let carrier: InMemoryCarrier;
let log: InMemoryOrderLog;
let deps: ShippingDeps;

const SETTINGS = { unitsPerParcel: 1_000, service: 'standard' };
const book = (withDeps = deps, attempt = 0) => bookShipments(withDeps, { orderId: ORDER_ID, attempt }, SETTINGS);
const cancel = (withDeps = deps) => cancelShipments(withDeps, { orderId: ORDER_ID });
const record = async (...events: readonly OrderEvent[]) => {
  const { length } = await log.read(ORDER_ID);
  const at = (index: number) => length + index;
  await log.append(
    ORDER_ID,
    length,
    events.map((event, index) => ({ ...newEvent(event, at(index)), eventId: `${event.type}-${at(index)}` as never })),
  );
};
const recorded = async () => (await log.read(ORDER_ID)).slice(3).map(({ type }) => type);
const moved = () => [1, 2, 3].map((number) => carrier.movements(ORDER_ID, number).join(' '));

beforeEach(async () => {
  carrier = new InMemoryCarrier();
  log = new InMemoryOrderLog();
  deps = { carrier, log, now: () => START };
  await record(...PLANNED_IN_TWO.slice(0, 3));
});

describe('Booking', () => {
  test('books a parcel from each location, and records both at once', async () => {
    await book();
    expect(await recorded()).toEqual(['ShipmentsPlanned', 'ShipmentArranged', 'ShipmentArranged']);
    expect([carrier.bookedFor(ORDER_ID)?.items, carrier.bookedFor(ORDER_ID, 2)?.items]).toEqual([[MUGS], [SHIRTS]]);
  });

  test('again makes no further booking and no further event', async () => {
    await book();
    await book();
    expect(moved()).toEqual(['booking', 'booking', '']);
    expect(await recorded()).toHaveLength(3);
  });

  test('goes on where an attempt has ended between two parcels', async () => {
    carrier.fates.plan('carried out', 'not carried out');
    await expect(book()).rejects.toMatchObject({ name: 'CarrierUnavailable' });
    expect(moved()).toEqual(['booking', '', '']);
    await book();
    expect(moved()).toEqual(['booking', 'booking', '']);
  });

  test('that is stopped by a circuit after the first parcel does not say that nothing was sent', async () => {
    const book2 = carrier.book.bind(carrier);
    carrier.book = async (shipmentId, consignment) => {
      if (shipmentId === SECOND) throw new CircuitOpen('carrier');
      return book2(shipmentId, consignment);
    };
    await expect(book()).rejects.toMatchObject({ name: 'CarrierUnavailable', retryable: true });
    carrier.book = async () => {
      throw new CircuitOpen('carrier');
    };
    await expect(book()).rejects.toMatchObject({ name: 'CircuitOpen' });
  });

  test('of an order that changes in between is planned and booked anew, and what is too much is cancelled', async () => {
    carrier.fates.plan('carried out', 'outcome unknown');
    await expect(book()).rejects.toMatchObject({ name: 'ShipmentOutcomeUnknown' });
    const changed = { ...priced([line('TSHIRT', 1)]), changeId: 'c', allocation: [{ ...SHIRTS, location: NORTH }] };
    await record({ type: 'ItemsChanged', data: changed });
    await book();
    expect(moved()).toEqual(['booking rebooking', 'booking cancellation', '']);
    expect(carrier.bookedFor(ORDER_ID)).toMatchObject({ items: [SHIRTS], revision: 5 });
    const more = { ...priced([line('MUG-BLUE', 2), line('TSHIRT', 1)]), changeId: 'd' };
    await record({
      type: 'ItemsChanged',
      data: {
        ...more,
        allocation: [
          { ...MUGS, location: DEFAULT_LOCATION },
          { ...SHIRTS, location: NORTH },
        ],
      },
    });
    await book();
    expect(moved()).toEqual(['booking rebooking rebooking', 'booking cancellation', 'booking']);
  });

  test('that is refused for one parcel leaves none booked, and stays refused for that when it is repeated', async () => {
    const refuseSecond = carrier.book.bind(carrier);
    carrier.book = (shipmentId, consignment) =>
      refuseSecond(shipmentId, {
        ...consignment,
        address: { ...consignment.address, postalCode: shipmentId === SECOND ? '000000' : '200000' },
      });
    await expect(book()).rejects.toMatchObject({ name: 'AddressRefused' });
    expect(moved()).toEqual(['booking cancellation', 'refusal', '']);
    await expect(book()).rejects.toMatchObject({ name: 'AddressRefused' });
    expect(await recorded()).toEqual(['ShipmentsPlanned']);
  });
});

describe('Cancelling', () => {
  test('cancels every parcel and records each', async () => {
    await book();
    await cancel();
    await cancel();
    expect(moved()).toEqual(['booking cancellation', 'booking cancellation', '']);
    expect((await recorded()).slice(3)).toEqual(['ShipmentCancelled', 'ShipmentCancelled']);
  });

  test('before a late booking leaves nothing booked, also of the parcels that it did not know of', async () => {
    await cancel();
    await expect(book()).rejects.toMatchObject({ name: 'ShipmentWithdrawn' });
    expect(moved()).toEqual(['', '', '']);
  });

  test('while a late booking is between its plan and its second parcel cancels both', async () => {
    const late = carrier.book.bind(carrier);
    let cancelled: Promise<void> | undefined;
    const read = log.read.bind(log);
    // The cancellation has read the stream as it was before the plan.
    const before = await read(ORDER_ID);
    let reads = 0;
    const stale = {
      ...deps,
      log: Object.assign(Object.create(log) as InMemoryOrderLog, {
        append: log.append.bind(log),
        read: async (...args: Parameters<typeof read>) => (reads++ === 0 ? before : read(...args)),
      }),
    };
    carrier.book = async (shipmentId, consignment) => {
      if (shipmentId === SECOND) await (cancelled ??= cancel(stale));
      return late(shipmentId, consignment);
    };
    await expect(book()).rejects.toMatchObject({ name: 'ShipmentWithdrawn' });
    expect(moved()).toEqual(['booking cancellation', '', '']);
    expect((await carrier.find(SECOND)).status).toBe('withdrawn');
    expect((await carrier.find(FIRST)).status).toBe('cancelled');
  });

  test('is safe to repeat when the carrier is away in between', async () => {
    await book();
    carrier.fates.plan('carried out', 'not carried out');
    await expect(cancel()).rejects.toMatchObject({ name: 'CarrierUnavailable' });
    await cancel();
    expect(moved()).toEqual(['booking cancellation', 'booking cancellation', '']);
    expect(await recorded()).toHaveLength(5);
  });
});

test('An order that was booked before there were plans is cancelled under its own id', async () => {
  await record(EVENTS.arranged);
  await carrier.book(FIRST, { ...carrierConsignment(), revision: 1 });
  await cancel();
  expect(moved()).toEqual(['booking cancellation', '', '']);
});

const carrierConsignment = () => ({
  address: { name: 'Li Wei', street: '88 Nanjing Road', country: 'CN' },
  items: [MUGS],
  service: 'standard',
});
