/** The table of payments: what the adapters write and the infrastructure creates. */
export const PAYMENT_TABLES = {
  /**
   * The order of each reference of a bank transfer (`RF…`), how far the statements were read (`statements`), transfers that nobody could match (`unmatched#…`),
   * and, of every channel, the orders whose refunds are watched (`refunds#…`).
   */
  bankTransfers: {
    variable: 'BANK_TRANSFERS_TABLE',
    partitionKey: 'key',
    indexes: {
      /** Transfers that are not settled, the oldest first; and when a channel is to be asked about the refunds of an order (`readAt`). */
      byOpen: {
        partitionKey: 'open',
        sortKey: 'readAt',
        attributes: ['amount', 'details', 'decision', 'isReturn', 'refusedAt'],
      },
    },
  },
} as const;
