import { VERSION_KEY } from '../../shared/event-log/tables.ts';

/** The tables of the ledger: what the adapters write and the infrastructure creates. */
export const LEDGER_TABLES = {
  /** The books: one item per event. `byDay` has all of them in the order in which they were posted, a day in several parts. */
  ledger: {
    variable: 'LEDGER_TABLE',
    partitionKey: 'bookId',
    sortKey: VERSION_KEY,
    indexes: {
      byDay: { partitionKey: 'dayPart', sortKey: 'occurredAt', attributes: ['type', 'data', 'schemaVersion'] },
    },
  },
  /** What follows from the books: the rules that are broken, the balances of accounts at the end of each day, and how far each was followed. */
  ledgerReports: { variable: 'LEDGER_REPORTS_TABLE', partitionKey: 'report', sortKey: 'line' },
} as const;
