/** The types of problems that only requests about orders have. */
import type { ProblemType } from '../../shared/http/problems.ts';

export const ERASURE_NOT_FOUND: ProblemType = {
  kind: 'erasure-not-found',
  status: 404,
  title: 'The customer has no such erasure',
};
export const RETURN_NOT_FOUND: ProblemType = {
  kind: 'return-not-found',
  status: 404,
  title: 'The order has no such return',
};
export const SHIPMENT_NOT_FOUND: ProblemType = {
  kind: 'shipment-not-found',
  status: 404,
  title: 'The order has no such shipment',
};
export const ILLEGAL_TRANSITION: ProblemType = {
  kind: 'illegal-transition',
  status: 409,
  title: 'The order does not allow this in its present status',
};
export const UNKNOWN_SKU: ProblemType = {
  kind: 'unknown-sku',
  status: 422,
  title: 'The catalogue does not list this article',
};
export const DISCOUNT_NOT_APPLICABLE: ProblemType = {
  kind: 'discount-not-applicable',
  status: 422,
  title: 'A discount code is not for this order',
};
export const NOTHING_TO_CHARGE: ProblemType = {
  kind: 'nothing-to-charge',
  status: 422,
  title: 'The order would cost nothing',
};
export const ORDER_TOO_LARGE: ProblemType = {
  kind: 'order-too-large',
  status: 422,
  title: 'The order is worth too much',
};
