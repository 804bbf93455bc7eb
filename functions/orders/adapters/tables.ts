/** The tables of orders beside their log: what the adapters write and the infrastructure creates. */
export const ORDER_TABLES = {
  /**
   * The read model of orders: one item per order. `byCustomer` holds what a list shows, by the time of the order; `byKept` the orders that have ended,
   * in parts, by the time from which their personal data is kept, until it is erased; `byReturnDue` those of which a return is to expire, by the time of the first.
   */
  orderView: {
    variable: 'ORDER_VIEW_TABLE',
    partitionKey: 'orderId',
    indexes: {
      byCustomer: {
        partitionKey: 'customerId',
        sortKey: 'placed',
        /** Beside the keys. */
        attributes: ['status', 'total', 'units', 'parked', 'createdAt', 'updatedAt', 'version'],
      },
      byKept: { partitionKey: 'keptPart', sortKey: 'keptFrom', attributes: ['version'] },
      byReturnDue: { partitionKey: 'awaiting', sortKey: 'returnDue' },
    },
  },
  /**
   * The terms that orders are found by, and the lists that they are on: one entry per order and term, in buckets of terms that begin alike, and per order and
   * list, in parts. Personal data. Beside them, what each order is recorded with (`listed#<orderId>`), and how many are on each list (`counts#`).
   */
  orderSearch: { variable: 'ORDER_SEARCH_TABLE', partitionKey: 'bucket', sortKey: 'entry' },
  /** How far each projection is, and what became of its last rebuild. */
  projections: { variable: 'PROJECTIONS_TABLE', partitionKey: 'projection' },
  /** Names and prices, one item per SKU. */
  catalogue: { variable: 'CATALOGUE_TABLE', partitionKey: 'sku' },
  /** Discounts, one item per code; the merchant writes them. */
  promotions: { variable: 'PROMOTIONS_TABLE', partitionKey: 'code' },
  /** Who asked to be forgotten (`erasure#<id>`), and how far each of their orders is (`order#<id>#<orderId>`). `byDue` has what is under way. */
  erasures: {
    variable: 'ERASURES_TABLE',
    partitionKey: 'customerId',
    sortKey: 'entry',
    indexes: {
      byDue: {
        partitionKey: 'shelf',
        sortKey: 'due',
        attributes: ['erasureId', 'reason', 'requestedAt', 'requestedBy', 'status', 'isListed'],
      },
    },
  },
} as const;
