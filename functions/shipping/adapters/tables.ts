/** The table of shipping: what the adapters write and the infrastructure creates. */
export const SHIPPING_TABLES = {
  /** The orders with parcels under way. */
  parcelWatch: {
    variable: 'PARCEL_WATCH_TABLE',
    partitionKey: 'orderId',
    indexes: {
      /** When carriers are to be asked: all of them are in one partition. */
      byLook: { partitionKey: 'watched', sortKey: 'lookAt' },
    },
  },
} as const;
