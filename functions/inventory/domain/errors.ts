import { type ErrorRows, REFUSAL } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';

/** The errors of inventory. */
export const INVENTORY_ERRORS = {
  OutOfStock: REFUSAL,
  ReservationReleased: REFUSAL,
} as const satisfies ErrorRows;

/** There are fewer units than the order wants; nothing was reserved. */
export class OutOfStock extends WaybillError {
  override readonly name = 'OutOfStock';
  override readonly errorClass = INVENTORY_ERRORS.OutOfStock;

  constructor(orderId: OrderId, skus: readonly Sku[]) {
    super(`Order ${orderId} wants more than there is of ${skus.join(', ')}.`, { data: { orderId, skus } });
  }
}

/**
 * The reservation was released before it was made: the saga has compensated, and a late reservation must not keep
 * stock.
 */
export class ReservationReleased extends WaybillError {
  override readonly name = 'ReservationReleased';
  override readonly errorClass = INVENTORY_ERRORS.ReservationReleased;

  constructor(orderId: OrderId) {
    super(`The reservation of order ${orderId} was released before it was made.`, { data: { orderId } });
  }
}
