/** What the stream of an order tells of its shipments. Pure. */
import { DEFAULT_LOCATION, type UnitsAt } from '../shared/kernel/location.ts';
import { type ShipmentId, shipmentIdOf } from '../shared/kernel/shipment-id.ts';
import type { OrderLine, RecordedOrderEvent, ShipmentsPlanned } from './order-events.ts';

type Stream = readonly RecordedOrderEvent[];

/** The plan that holds; undefined before there is one, and for orders that were shipped before there were plans. */
export const planOf = (stream: Stream): ShipmentsPlanned['data'] | undefined =>
  stream.findLast((event) => event.type === 'ShipmentsPlanned')?.data;

/** Every shipment that may be booked: whatever plans have named, in their order; the order's first one when there is no plan. */
export function shipmentsNamed(stream: Stream): readonly ShipmentId[] {
  const planned = stream.flatMap((event) =>
    event.type === 'ShipmentsPlanned' ? event.data.shipments.map(({ shipmentId }) => shipmentId) : [],
  );
  return [...new Set([...firstOf(stream), ...planned])];
}

const firstOf = ([created]: Stream): ShipmentId[] => (created ? [shipmentIdOf(created.orderId, 1)] : []);

/**
 * Where the goods of the order are reserved, as its events say. Before there were locations, all stock lay at the usual one.
 * @param lines of the order as they are now, for a change whose event does not say where they are
 */
export function allocationOf(stream: Stream, lines: readonly OrderLine[]): readonly UnitsAt[] {
  const last = stream.findLast(({ type }) => type === 'InventoryReserved' || type === 'ItemsChanged');
  if (last?.type === 'InventoryReserved') return last.data.lines;
  if (last?.type === 'ItemsChanged' && last.data.allocation) return last.data.allocation;
  return lines.map(({ sku, quantity }) => ({ sku, quantity, location: DEFAULT_LOCATION }));
}
