import type { Entry } from '../../constructs/part-of-saga.ts';

/** Cancelling a confirmed order is the order saga from its first compensation on: everything was done. */
export const CANCELLATION: Entry = {
  at: 'CancelShipment',
  assign: { reason: 'customer_request', unfinished: [] },
};
