import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConfigurationSource } from '../../../../functions/shared/configuration/port.ts';
import { DEFAULT_LOCATION } from '../../../../functions/shared/kernel/location.ts';
import { shipmentIdOf } from '../../../../functions/shared/kernel/shipment-id.ts';
import type { ShippingDeps } from '../../../../functions/shipping/application/ports.ts';
import { dyingBeforeAppend } from '../../../support/fakes/failing-log.ts';
import { fixedConfiguration } from '../../../support/fakes/fixed-configuration.ts';
import { InMemoryCarrier } from '../../../support/fakes/in-memory-carrier.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { created, EVENTS, line, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';

// Functions read their environment when they load.
const steps = {
  create: (await import('../../../../functions/shipping/create-shipment.ts')).makeHandler,
  cancel: (await import('../../../../functions/shipping/cancel-shipment.ts')).makeHandler,
};

let carrier: InMemoryCarrier;
let log: InMemoryOrderLog;
let deps: ShippingDeps & { readonly configuration: ConfigurationSource };

const goods = [line('MUG-BLUE', 2), line('TSHIRT', 1)].map(({ sku, quantity }) => ({
  sku,
  quantity,
  location: DEFAULT_LOCATION,
}));

const orderTo = async (postalCode: string) => {
  const event = created([line('MUG-BLUE', 2), line('TSHIRT', 1)]);
  const shippingAddress = { ...event.data.shippingAddress, postalCode };
  await log.append(ORDER_ID, 0, [
    newEvent({ ...event, data: { ...event.data, shippingAddress } }),
    newEvent({ type: 'InventoryReserved', data: { lines: goods } }, 1),
    newEvent(EVENTS.authorised, 2),
  ]);
};

beforeEach(async () => {
  carrier = new InMemoryCarrier();
  log = new InMemoryOrderLog();
  deps = { carrier, log, configuration: fixedConfiguration(), now: () => START };
});

/** Resolves to the version at which the order's stream ends then. */
const run = async (step: keyof typeof steps, withDeps = deps) => {
  await steps[step](withDeps)({ orderId: ORDER_ID });
  return (await log.read(ORDER_ID)).length;
};
const recorded = async () => (await log.read(ORDER_ID, 4)).map(({ type }) => type);
const moved = () => carrier.movements(ORDER_ID);

describe('Creating a shipment', () => {
  beforeEach(() => orderTo('200000'));

  test('hands the carrier what was ordered and where to, and records what it booked', async () => {
    const book = vi.spyOn(carrier, 'book');
    expect(await run('create')).toBe(5);
    expect(book.mock.calls).toEqual([
      [
        ORDER_ID,
        {
          address: created().data.shippingAddress,
          items: [
            { sku: 'MUG-BLUE', quantity: 2 },
            { sku: 'TSHIRT', quantity: 1 },
          ],
          revision: 1,
          service: 'standard',
        },
      ],
    ]);
    expect((await log.read(ORDER_ID, 4))[0]).toMatchObject({
      type: 'ShipmentsPlanned',
      data: { revision: 1, shipments: [{ shipmentId: ORDER_ID, carrier: 'carrier', service: 'standard' }] },
    });
    expect((await log.read(ORDER_ID, 5))[0]).toMatchObject({
      type: 'ShipmentArranged',
      data: {
        shipmentId: ORDER_ID,
        bookingId: `shp-${ORDER_ID}`,
        carrier: 'In Memory',
        trackingNumber: `TRK-${ORDER_ID}`,
      },
      actor: { type: 'system', id: 'CreateShipment' },
    });
  });

  test('again after a crash between carrier and log makes one booking and one event', async () => {
    await expect(run('create', { ...deps, log: dyingBeforeAppend(log, 'ShipmentArranged') })).rejects.toThrow('killed');
    expect(await run('create')).toBe(5);
    expect(await run('create')).toBe(5);
    expect(moved()).toEqual(['booking']);
    expect(await recorded()).toEqual(['ShipmentsPlanned', 'ShipmentArranged']);
  });

  test('whose outcome is unknown records nothing, and settles when it is repeated', async () => {
    carrier.fates.plan('outcome unknown');
    await expect(run('create')).rejects.toMatchObject({ name: 'ShipmentOutcomeUnknown', retryable: true });
    expect(await recorded()).toEqual(['ShipmentsPlanned']);
    await run('create');
    expect(moved()).toEqual(['booking']);
  });

  test('that the carrier did not do says that it may be repeated', async () => {
    carrier.fates.plan('not carried out');
    await expect(run('create')).rejects.toMatchObject({ name: 'CarrierUnavailable', retryable: true });
  });

  test('that arrives after its cancellation is refused, and books nothing', async () => {
    expect(await run('cancel')).toBe(3);
    await expect(run('create')).rejects.toMatchObject({ name: 'ShipmentWithdrawn', retryable: false });
    expect(moved()).toEqual([]);
    expect(await recorded()).toEqual(['ShipmentsPlanned']);
  });
});

describe('A refused address', () => {
  beforeEach(() => orderTo('000000'));

  test('is refused for good, books nothing and leaves nothing to cancel', async () => {
    await expect(run('create')).rejects.toMatchObject({ name: 'AddressRefused', retryable: false });
    expect(await run('cancel')).toBe(4);
    expect(moved()).toEqual(['refusal']);
    expect(await recorded()).toEqual(['ShipmentsPlanned']);
  });
});

describe('Cancelling a shipment', () => {
  beforeEach(() => orderTo('200000'));

  test('cancels once, also after a crash between carrier and log', async () => {
    await run('create');
    await expect(run('cancel', { ...deps, log: dyingBeforeAppend(log) })).rejects.toThrow('killed');
    expect(await run('cancel')).toBe(6);
    expect(await run('cancel')).toBe(6);
    expect(moved()).toEqual(['booking', 'cancellation']);
    expect(await recorded()).toEqual(['ShipmentsPlanned', 'ShipmentArranged', 'ShipmentCancelled']);
  });

  test('cancels a booking whose answer never came, although no event tells of it', async () => {
    carrier.fates.plan('outcome unknown');
    await expect(run('create')).rejects.toThrow();
    await run('cancel');
    expect(moved()).toEqual(['booking', 'cancellation']);
    expect(await recorded()).toEqual(['ShipmentsPlanned', 'ShipmentCancelled']);
  });
});

describe('Every shipping step', () => {
  test.each(['create', 'cancel'] as const)(
    'refuses an order that does not exist, without calling the carrier: %s',
    async (step) => {
      await expect(run(step)).rejects.toMatchObject({ name: 'OrderNotFound' });
      expect(await carrier.find(shipmentIdOf(ORDER_ID, 1))).toEqual({ status: 'none' });
    },
  );

  test.each(['create', 'cancel'] as const)('refuses what is not its input: %s', async (step) => {
    await expect(steps[step](deps)({ orderId: 'not-a-uuid' })).rejects.toMatchObject({ name: 'InvalidStepInput' });
  });
});
