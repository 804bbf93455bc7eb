import { v5, validate } from 'uuid';
import type { Brand } from './brand.ts';

/** A UUID; also the name of the order's saga execution and the key that partners see. */
export type OrderId = Brand<string, 'OrderId'>;
/** A UUID, unique over all events; consumers deduplicate on it. */
export type EventId = Brand<string, 'EventId'>;
export type CustomerId = Brand<string, 'CustomerId'>;
/** Stock keeping unit: one sellable article. */
export type Sku = Brand<string, 'Sku'>;
/** Names one client request and all that it causes, across functions, events and logs. */
export type CorrelationId = Brand<string, 'CorrelationId'>;

/** A customer's id: what identity providers use as `sub`, within what keys and paths take. */
export const CUSTOMER_ID = /^[\w.@:|-]{1,64}$/;
export const isCustomerId = (text: string): text is CustomerId => CUSTOMER_ID.test(text);

/** A SKU: 1 to 64 letters, digits, dots, dashes or underscores. */
export const SKU = /^[A-Za-z0-9._-]{1,64}$/;

/** @throws RangeError unless `text` is a SKU */
export function parseSku(text: string): Sku {
  if (!SKU.test(text)) {
    throw new RangeError(`A SKU is 1 to 64 letters, digits, dots, dashes or underscores, got "${text}".`);
  }
  return text as Sku;
}

/** @throws RangeError unless `text` is a UUID. */
export function parseOrderId(text: string): OrderId {
  if (!validate(text)) throw new RangeError(`An order id is a UUID, got "${text}".`);
  return text as OrderId;
}

/** The id of the one event of this `type` that `orderId` can have: the same on every retry of a step. */
export const factId = (orderId: OrderId, type: string): EventId => v5(type, orderId) as EventId;
