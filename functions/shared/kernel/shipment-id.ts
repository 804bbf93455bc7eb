import type { Brand } from './brand.ts';
import { type OrderId, parseOrderId } from './ids.ts';

/**
 * One shipment of an order, and the key that its carrier sees. The first one has the id of its order, as the only shipment of every order had before
 * there were several; the second has `_2` behind it. So an id says whose it is, and nothing has to be looked up for a carrier that names it.
 */
export type ShipmentId = Brand<string, 'ShipmentId'>;

/** The form of a shipment's id. */
export const SHIPMENT_ID = /^([0-9a-fA-F-]{36})(?:_([1-9][0-9]{0,3}))?$/;

/** @param number from 1 */
export const shipmentIdOf = (orderId: OrderId, number: number): ShipmentId =>
  (number === 1 ? orderId : `${orderId}_${number}`) as ShipmentId;

/** @throws RangeError unless `text` is the id of a shipment */
export function parseShipmentId(text: string): ShipmentId {
  const [, orderId = '', number] = SHIPMENT_ID.exec(text) ?? [];
  if (number === '1') throw new RangeError(`The first shipment has the id of its order, got "${text}".`);
  parseOrderId(orderId);
  return text as ShipmentId;
}

export const orderOfShipment = (shipmentId: ShipmentId): OrderId => parseOrderId(shipmentId.slice(0, 36));

/** Which of the shipments of its order it is, from 1. */
export const numberOfShipment = (shipmentId: ShipmentId): number => Number(shipmentId.slice(37) || 1);
