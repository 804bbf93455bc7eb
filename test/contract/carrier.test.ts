/** What every carrier does behind the port: in memory, and over HTTP with the simulated carrier's own process. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import {
  numberOfShipment,
  orderOfShipment,
  type ShipmentId,
  shipmentIdOf,
} from '../../functions/shared/kernel/shipment-id.ts';
import { HttpCarrier } from '../../functions/shipping/adapters/http-carrier.ts';
import type { Carrier } from '../../functions/shipping/application/ports.ts';
import {
  CarrierUnavailable,
  ShipmentOutcomeUnknown,
  ShipmentRequestRefused,
} from '../../functions/shipping/domain/errors.ts';
import { InMemoryCarrier } from '../support/fakes/in-memory-carrier.ts';
import { UnreliableNetwork } from '../support/fakes/unreliable-network.ts';
import { created } from '../support/orders/streams.ts';
import { directExchange } from '../support/partners/direct-exchange.ts';
import { kindsOf, type Partners, startPartners } from '../support/platform/partners.ts';

interface World {
  readonly carrier: Carrier;
  movements(id: ShipmentId): Promise<readonly string[]>;
}

const { shippingAddress: address, lines } = created().data;
const items = lines.map(({ sku, quantity }) => ({ sku, quantity }));
let partners: Partners;
let orderId: OrderId;
/** The second one: the first has the id of the order. */
let shipmentId: ShipmentId;

beforeAll(async () => {
  partners = await startPartners();
});

afterAll(() => partners?.close());

beforeEach(() => {
  orderId = parseOrderId(randomUUID());
  shipmentId = shipmentIdOf(orderId, 2);
});

const ledger = async (id: ShipmentId) => kindsOf(await partners.carrierLedger(id));
const inMemory = (): World => {
  const carrier = new InMemoryCarrier();
  return { carrier, movements: async (id) => carrier.movements(orderOfShipment(id), numberOfShipment(id)) };
};
const overHttp = (): World => ({
  carrier: new HttpCarrier(directExchange({ baseUrl: partners.carrierUrl, timeoutMs: 5_000 })),
  movements: ledger,
});

describe.each([
  ['in memory', inMemory],
  ['over HTTP', overHttp],
] as const)('Carrier %s', (_, makeWorld) => {
  let carrier: Carrier;
  let moved: () => Promise<readonly string[]>;

  beforeEach(() => {
    const world = makeWorld();
    carrier = world.carrier;
    moved = () => world.movements(shipmentId);
  });

  const book = (postalCode = '200000', revision = 1) =>
    carrier.book(shipmentId, { address: { ...address, postalCode }, items, revision, service: 'standard' });
  const cancel = () => carrier.cancel(shipmentId);

  test('knows nothing of an order that nobody booked', async () => {
    expect(await carrier.find(shipmentId)).toEqual({ status: 'none' });
  });

  test('books once, however often it is asked', async () => {
    const text = expect.stringMatching(/./);
    const first = await book();
    expect(first).toMatchObject({
      status: 'booked',
      bookingId: text,
      carrier: text,
      trackingNumber: text,
      revision: 1,
    });
    expect(await book()).toEqual(first);
    expect(await carrier.find(shipmentId)).toEqual(first);
    expect(await moved()).toEqual(['booking']);
  });

  test('replaces a booking by one of a higher revision, which keeps its id and tracking number', async () => {
    const first = await book();
    const second = await book('100000', 4);
    const { bookingId, trackingNumber } = first as { bookingId: string; trackingNumber: string };
    expect(second).toMatchObject({ status: 'booked', bookingId, trackingNumber, revision: 4 });
    expect(await book('100000', 4)).toEqual(second);
    expect(await carrier.find(shipmentId)).toEqual(second);
    expect(await moved()).toEqual(['booking', 'rebooking']);
  });

  test('knows the shipments of an order apart', async () => {
    await book();
    expect(await carrier.find(shipmentIdOf(orderId, 1))).toEqual({ status: 'none' });
    await carrier.cancel(shipmentIdOf(orderId, 1));
    expect(await carrier.find(shipmentId)).toMatchObject({ status: 'booked' });
  });

  test('does not let an older booking that comes late replace a newer one', async () => {
    const newer = await book('100000', 4);
    expect(await book('200000', 1)).toEqual(newer);
    expect(await moved()).toEqual(['booking']);
  });

  test('refuses other goods at the same revision as a defect', async () => {
    await book();
    const others = items.map((item) => ({ ...item, quantity: item.quantity + 1 }));
    await expect(
      carrier.book(shipmentId, { address, items: others, revision: 1, service: 'standard' }),
    ).rejects.toThrow(ShipmentRequestRefused);
    expect(await moved()).toEqual(['booking']);
  });

  test('has nothing booked once a new address is refused', async () => {
    await book();
    expect(await book('000000', 2)).toEqual({ status: 'refused' });
    expect(await carrier.find(shipmentId)).toEqual({ status: 'refused' });
    expect(await cancel()).toEqual({ status: 'refused' });
    expect(await moved()).toEqual(['booking', 'refusal']);
  });

  test('refuses an address for good', async () => {
    expect(await book('000000')).toEqual({ status: 'refused' });
    expect(await book('000000')).toEqual({ status: 'refused' });
    expect(await carrier.find(shipmentId)).toEqual({ status: 'refused' });
    expect(await cancel()).toEqual({ status: 'refused' });
    expect(await moved()).toEqual(['refusal']);
  });

  test('cancels once, and books nothing afterwards', async () => {
    const { bookingId } = (await book()) as { bookingId: string };
    const cancelled = { status: 'cancelled', bookingId };
    expect(await cancel()).toEqual(cancelled);
    expect(await cancel()).toEqual(cancelled);
    expect(await book()).toEqual(cancelled);
    expect(await book('100000', 2)).toEqual(cancelled);
    expect(await moved()).toEqual(['booking', 'cancellation']);
  });

  test('refuses a booking that arrives after its cancellation', async () => {
    expect(await cancel()).toEqual({ status: 'withdrawn' });
    expect(await book()).toEqual({ status: 'withdrawn' });
    expect(await carrier.find(shipmentId)).toEqual({ status: 'withdrawn' });
    expect(await moved()).toEqual([]);
  });
});

describe('Carrier over HTTP, when things go wrong', () => {
  let network: UnreliableNetwork;
  let carrier: HttpCarrier;

  beforeEach(() => {
    network = new UnreliableNetwork();
    carrier = new HttpCarrier(
      directExchange({ baseUrl: partners.carrierUrl, timeoutMs: 5_000, exchange: network.exchange }),
    );
  });

  const book = (postalCode = '200000', revision = 1) =>
    carrier.book(shipmentId, { address: { ...address, postalCode }, items, revision, service: 'standard' });

  describe.each([
    { change: 'book', before: async () => {}, act: () => book(), done: 'booked' },
    {
      change: 'book anew',
      before: async (): Promise<void> => void (await book()),
      act: () => book('100000', 2),
      done: 'booked',
      shows: { revision: 2 },
    },
    {
      change: 'cancel',
      before: async (): Promise<void> => void (await book()),
      act: () => carrier.cancel(shipmentId),
      done: 'cancelled',
    },
    {
      change: 'cancel what is not booked',
      before: async () => {},
      act: () => carrier.cancel(shipmentId),
      done: 'withdrawn',
    },
  ])('on a request to $change', ({ before, act, done, shows }) => {
    beforeEach(before);

    test('whose answer is lost: the carrier is asked, and what it did is the answer', async () => {
      network.plan('answer lost');
      expect(await act()).toMatchObject({ status: done, ...shows });
    });

    test('which is lost: nothing happened, and trying again is safe', async () => {
      network.plan('lost');
      await expect(act()).rejects.toThrow(CarrierUnavailable);
      expect(await act()).toMatchObject({ status: done, ...shows });
    });

    test('whose answer is lost and then the question, too: the outcome is unknown, not a failure', async () => {
      network.plan('answer lost', 'lost');
      await expect(act()).rejects.toThrow(ShipmentOutcomeUnknown);
      expect(await act()).toMatchObject({ status: done, ...shows });
    });
  });

  test('a booking that arrives after the cancellation of its repeat stays unmade', async () => {
    network.plan('late');
    await expect(book()).rejects.toThrow(CarrierUnavailable);
    expect(await carrier.cancel(shipmentId)).toEqual({ status: 'withdrawn' });
    await network.deliverLate();
    expect(await ledger(shipmentId)).toEqual([]);
  });

  test('a carrier that is down for bookings is unavailable every time, and can still be asked and cancelled', async () => {
    await expect(book('999999')).rejects.toThrow(CarrierUnavailable);
    await expect(book('999999')).rejects.toThrow(CarrierUnavailable);
    expect(await carrier.find(shipmentId)).toEqual({ status: 'none' });
    expect(await carrier.cancel(shipmentId)).toEqual({ status: 'withdrawn' });
    expect(await ledger(shipmentId)).toEqual([]);
  });

  test('when nobody listens, reading is unavailable and a change has an unknown outcome', async () => {
    const dead = new HttpCarrier(directExchange({ baseUrl: 'http://127.0.0.1:9', timeoutMs: 5_000 }));
    await expect(dead.find(shipmentId)).rejects.toThrow(CarrierUnavailable);
    await expect(dead.book(shipmentId, { address, items, revision: 1, service: 'standard' })).rejects.toThrow(
      ShipmentOutcomeUnknown,
    );
  });
});
