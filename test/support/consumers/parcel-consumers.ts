/** The consumers of what becomes of parcels, for the suite of all consumers. */
import '../platform/function-environment.ts';
import { makeHandler as confirmReservation } from '../../../functions/inventory/confirm-reservation.ts';
import { makeHandler as followShipments } from '../../../functions/orders/follow-shipments.ts';
import type { OrderCreated, RecordedOrderEvent } from '../../../functions/published/order-events.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import { makeHandler as watchParcels } from '../../../functions/shipping/watch-parcels.ts';
import { InMemoryInventory } from '../fakes/in-memory-inventory.ts';
import type { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryParcelWatch } from '../fakes/in-memory-parcel-watch.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { ONE_SOURCE } from '../orders/reserve-settings.ts';
import { EVENTS, newEvent, START } from '../orders/streams.ts';
import type { Consumer } from './consumers.ts';
import { ORDERS } from './order-messages.ts';

export async function sales(log: InMemoryOrderLog): Promise<Consumer> {
  const inventory = new InMemoryInventory(log);
  const ids: OrderId[] = [];
  for (const stream of ORDERS.filter((events) => events.some(({ type }) => type === 'OrderShipped'))) {
    const [{ orderId, data }] = stream as [RecordedOrderEvent<OrderCreated>];
    const { lines } = data;
    for (const { sku } of lines) inventory.stock(sku, 1_000);
    const reserved = newEvent(EVENTS.reserved, stream.length, orderId);
    await inventory.reserve(orderId, { lines, sources: ONE_SOURCE }, () => reserved, stream.length + 1);
    ids.push(orderId);
  }
  // Parcels are sold in the order in which they leave, which is not a part of what is sold.
  const inOrder = <Line extends { readonly sku: string }>(lines: readonly Line[]) =>
    lines.toSorted((one, other) => one.sku.localeCompare(other.sku));
  const done = async () =>
    (await Promise.all(ids.map((id) => inventory.find(id)))).flatMap((found) =>
      found.status === 'confirmed' || 'left' in found ? [{ ...found, lines: inOrder(found.lines) }] : [],
    );
  return { handle: confirmReservation({ log, inventory, now: () => START }), done };
}

export function follows(log: InMemoryOrderLog): Consumer {
  const shipmentMonitor = { unexpected: () => undefined };
  const done = async () => {
    const streams = await Promise.all(ORDERS.map(([first]) => log.read(first!.orderId)));
    return streams
      .flat()
      .filter(({ actor }) => actor.id === 'FollowShipment')
      .map(({ orderId, type, data }) => ({ orderId, type, data }));
  };
  return {
    handle: followShipments({
      log,
      snapshots: new InMemorySnapshots(),
      now: () => START,
      shipmentMonitor,
      settings: async () => DEFAULT_CONFIGURATION.recovery,
    }),
    done,
  };
}

export function watched(log: InMemoryOrderLog): Consumer {
  const watch = new InMemoryParcelWatch();
  const settings = async () => DEFAULT_CONFIGURATION.shipping;
  // Of two parcels, either may be the one that is looked after first: what is kept is the order.
  const done = async () => watch.all().map(({ orderId }) => orderId);
  return { handle: watchParcels({ log, watch, settings }), done };
}
