import { v5 } from 'uuid';
import type { RecordedOrderEvent, ReturnReceived } from '../../published/order-events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import { articleAt, DEFAULT_LOCATION, type LocationId } from '../../shared/kernel/location.ts';
import { countOf } from '../../shared/kernel/units.ts';
import { returnedTo } from '../domain/returned-to.ts';
import type { ReturnCondition } from '../domain/stock-events.ts';
import { type HeldLine, unitsAt } from '../domain/stock-line.ts';
import { confirmReservation } from './confirm.ts';
import { moveStock } from './move-stock.ts';
import type { InventoryDeps, Reservation } from './ports.ts';
import type { StockDeps } from './stock-ports.ts';

/**
 * Puts the accepted units of a return back into stock at the locations that they left, or counts them as damaged there, as the receipt
 * says. Safe to repeat.
 * @throws ReservationNotHeld when the order’s reservation was released or never made; ConcurrencyConflict;
 *   Error when fewer units are sold than came back
 */
export async function restockReturn(
  deps: InventoryDeps & StockDeps,
  received: RecordedOrderEvent<ReturnReceived>,
): Promise<void> {
  // What came back has left: also goods that left before releases confirmed reservations.
  await confirmReservation(deps, received);
  const { orderId, version } = received;
  const { accepted, damaged = [] } = received.data;
  const reservation = await deps.inventory.find(orderId);
  const left = unitsAt(soldOf(reservation));
  const earlier = (await deps.log.read(orderId)).flatMap((event) =>
    event.type === 'ReturnReceived' && event.version < version ? event.data.accepted : [],
  );
  for (const { sku, quantity } of accepted) {
    let spoilt = countOf(sku, damaged);
    const parts = returnedTo({ sku, quantity }, left, earlier);
    for (const part of parts) {
      const damagedHere = Math.min(spoilt, part.quantity);
      spoilt -= damagedHere;
      await restock(deps, received, { ...part, quantity: part.quantity - damagedHere, condition: 'sellable' });
      await restock(deps, received, { ...part, quantity: damagedHere, condition: 'damaged' });
    }
  }
}

/** What of the order has left. */
function soldOf(reservation: Reservation): readonly HeldLine[] {
  if (reservation.status === 'confirmed') return reservation.lines;
  return reservation.status === 'held' ? (reservation.left ?? []) : [];
}

interface Back {
  readonly sku: Sku;
  readonly quantity: number;
  readonly location: LocationId;
  readonly condition: ReturnCondition;
}

async function restock(
  deps: StockDeps,
  { orderId, eventId, correlationId, data: { returnId } }: RecordedOrderEvent<ReturnReceived>,
  { sku, quantity, location, condition }: Back,
): Promise<void> {
  if (quantity === 0) return;
  const where = location === DEFAULT_LOCATION ? {} : { location };
  const movement = { type: 'StockReturned', data: { quantity, condition, orderId, returnId, ...where } } as const;
  const moved = await moveStock(deps, sku, movement, {
    id: v5(`${articleAt(sku, location)}#${condition}`, eventId),
    correlationId,
    causationId: eventId,
    actor: { type: 'system', id: 'RestockReturns' },
  });
  if (!moved.ok) {
    throw new Error(
      `${quantity} units of ${sku} came back with order ${orderId}, and fewer are sold at ${location} (${moved.refusal.kind}). Correct the stock.`,
    );
  }
}
