/** What one checkout uses of what AWS limits. `npm run bench -- --only cost` meters each and fails when an order uses more than this says. */
export const ORDER_UNITS = {
  /** Requests to the API: the order, and one look at what became of it. */
  apiRequests: 2,
  /** Starts of the order saga. */
  starts: 1,
  transitions: 5,
  events: 7,
  /** Events that a rule hands to a target. */
  deliveries: 12,
  invocations: 15,
  /** For which functions run, on Lambda, without the wait for partners. */
  functionSeconds: 0.5,
  /** A card is authorised by two: its payment is opened, and confirmed. */
  partnerCalls: 4,
  /** Write units of the table that has most, the log of orders. */
  orderLogWrites: 8,
  /** Write units of an article's counts: one update in a transaction. */
  articleWrites: 2,
} as const;

export type OrderUnit = keyof typeof ORDER_UNITS;
