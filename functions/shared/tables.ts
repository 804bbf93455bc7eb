/** Key and index names of every table: what the adapters write and the stacks create. No SDK here. */
export const TABLES = {
  /** One item per event; the stream of this table is the outbox. */
  orderLog: { partitionKey: 'orderId', sortKey: 'version' },
  /** The read model of orders: one item per order. `byCustomer` holds what a list shows, by the time of the order. */
  orderView: {
    partitionKey: 'orderId',
    indexes: {
      byCustomer: {
        partitionKey: 'customerId',
        sortKey: 'placed',
        /** Beside the keys. */
        attributes: ['status', 'total', 'units', 'parked', 'createdAt', 'updatedAt', 'version'],
      },
    },
  },
  /** The ids of the commands that were carried out, kept for good: a repeat has no second effect. */
  commands: { partitionKey: 'commandId' },
  /** Where the loading of a long stream begins: the newest snapshot of each order that has one. */
  orderSnapshots: { partitionKey: 'orderId' },
  /** Who is found by what: one entry per order and term, in buckets of terms that begin alike. Personal data. */
  orderSearch: { partitionKey: 'bucket', sortKey: 'entry' },
  /** How far each projection is, and what became of its last rebuild. */
  projections: { partitionKey: 'projection' },
  /** Names and prices, one item per SKU. */
  catalogue: { partitionKey: 'sku' },
  /** Discounts, one item per code; the merchant writes them. */
  promotions: { partitionKey: 'code' },
  /** Stock (`SKU#<sku>`) and reservations (`ORDER#<orderId>`). */
  inventory: { partitionKey: 'pk' },
  /** The customers' in-app inbox. */
  notifications: { partitionKey: 'customerId', sortKey: 'notificationId' },
  /** Powertools idempotency records. */
  idempotency: { partitionKey: 'id', timeToLive: 'expiration' },
  /** Token buckets of the API's callers. */
  rateLimits: { partitionKey: 'caller', timeToLive: 'expires' },
} as const;
