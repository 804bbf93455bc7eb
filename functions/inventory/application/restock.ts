import { v5 } from 'uuid';
import type { RecordedOrderEvent, ReturnReceived } from '../../published/order-events.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import { countOf } from '../../shared/kernel/units.ts';
import type { ReturnCondition } from '../domain/stock-events.ts';
import { confirmReservation } from './confirm.ts';
import { moveStock } from './move-stock.ts';
import type { InventoryDeps } from './ports.ts';
import type { StockDeps } from './stock-ports.ts';

/**
 * Puts the accepted units of a return back into stock, or counts them as damaged, as the receipt says. Safe to repeat.
 * @throws ReservationNotHeld when the order’s reservation was released or never made; ConcurrencyConflict;
 *   Error when fewer units are sold than came back
 */
export async function restockReturn(
  deps: InventoryDeps & StockDeps,
  received: RecordedOrderEvent<ReturnReceived>,
): Promise<void> {
  // What came back has left: also goods that left before releases confirmed reservations.
  await confirmReservation(deps, received);
  const { accepted, damaged = [] } = received.data;
  for (const { sku, quantity } of accepted) {
    const spoilt = countOf(sku, damaged);
    await restock(deps, received, { sku, quantity: quantity - spoilt, condition: 'sellable' });
    await restock(deps, received, { sku, quantity: spoilt, condition: 'damaged' });
  }
}

async function restock(
  deps: StockDeps,
  { orderId, eventId, correlationId, data: { returnId } }: RecordedOrderEvent<ReturnReceived>,
  { sku, quantity, condition }: { readonly sku: Sku; readonly quantity: number; readonly condition: ReturnCondition },
): Promise<void> {
  if (quantity === 0) return;
  const movement = { type: 'StockReturned', data: { quantity, condition, orderId, returnId } } as const;
  const moved = await moveStock(deps, sku, movement, {
    id: v5(`${sku}#${condition}`, eventId),
    correlationId,
    causationId: eventId,
    actor: { type: 'system', id: 'RestockReturns' },
  });
  if (!moved.ok) {
    throw new Error(
      `${quantity} units of ${sku} came back with order ${orderId}, and fewer are sold (${moved.refusal.kind}). Correct the stock.`,
    );
  }
}
