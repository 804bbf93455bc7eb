/** The table of payments: what the adapters write and the infrastructure creates. */
export const PAYMENT_TABLES = {
  /** The order of each reference of a bank transfer (`RF…`), and how far the statements were read (`statements`). */
  bankTransfers: { variable: 'BANK_TRANSFERS_TABLE', partitionKey: 'key' },
} as const;
