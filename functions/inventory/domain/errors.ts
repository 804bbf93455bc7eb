import { DEFECT, type ErrorRows, REFUSAL, WAITS_FOR_GOODS } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';
import type { OrderId, Sku } from '../../shared/kernel/ids.ts';
import type { Shortage } from './stock-line.ts';

/** The errors of inventory. */
export const INVENTORY_ERRORS = {
  OutOfStock: REFUSAL,
  Backordered: WAITS_FOR_GOODS,
  ReservationReleased: REFUSAL,
  ReservationNotHeld: DEFECT,
} as const satisfies ErrorRows;

/** There are fewer units than the order wants; nothing was reserved. */
export class OutOfStock extends WaybillError {
  override readonly name = 'OutOfStock';
  override readonly errorClass = INVENTORY_ERRORS.OutOfStock;

  constructor(orderId: OrderId, skus: readonly Sku[]) {
    super(`Order ${orderId} wants more than there is of ${skus.join(', ')}.`, { data: { orderId, skus } });
  }
}

/** There are fewer units than the order wants; nothing was reserved, and the order waits for goods. */
export class Backordered extends WaybillError {
  override readonly name = 'Backordered';
  override readonly errorClass = INVENTORY_ERRORS.Backordered;

  /** How many units there are of the articles of which there is too little. */
  readonly short: readonly Shortage[];

  constructor(orderId: OrderId, short: readonly Shortage[]) {
    const skus = short.map(({ sku }) => sku);
    super(`Order ${orderId} waits for goods: it wants more than there is of ${skus.join(', ')}.`, {
      data: { orderId, skus },
    });
    this.short = short;
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

/**
 * The reservation does not hold what is to be sold or released: goods have left that were released before, or are to be released after
 * they have left. Nothing was booked, and a person has to look.
 */
export class ReservationNotHeld extends WaybillError {
  override readonly name = 'ReservationNotHeld';
  override readonly errorClass = INVENTORY_ERRORS.ReservationNotHeld;

  constructor(orderId: OrderId, status: 'none' | 'backordered' | 'confirmed' | 'released' | 'expired') {
    super(`The reservation of order ${orderId} is ${status}; expected held.`, { data: { orderId, status } });
  }
}
