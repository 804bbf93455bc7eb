/** The table of payments: what the adapters write and the infrastructure creates. */
export const PAYMENT_TABLES = {
  /** The order of each reference of a bank transfer (`RF…`), how far the statements were read (`statements`), and transfers that nobody could match (`unmatched#…`). */
  bankTransfers: {
    variable: 'BANK_TRANSFERS_TABLE',
    partitionKey: 'key',
    indexes: {
      /** Transfers that are not settled, the oldest first. */
      byOpen: {
        partitionKey: 'open',
        sortKey: 'readAt',
        attributes: ['amount', 'details', 'decision', 'isReturn', 'refusedAt'],
      },
    },
  },
} as const;
