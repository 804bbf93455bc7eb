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
  /** Names and prices, one item per SKU. */
  catalogue: { partitionKey: 'sku' },
  /** Stock (`SKU#<sku>`) and reservations (`ORDER#<orderId>`). */
  inventory: { partitionKey: 'pk' },
  /** The customers' in-app inbox. */
  notifications: { partitionKey: 'customerId', sortKey: 'notificationId' },
  /** Powertools idempotency records. */
  idempotency: { partitionKey: 'id', timeToLive: 'expiration' },
} as const;
