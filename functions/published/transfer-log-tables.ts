import { VERSION_KEY } from '../shared/event-log/tables.ts';

/** The table of transfers that quote no reference of an order: payments write to it, and the ledger books what is in it. */
export const TRANSFER_LOG_TABLES = {
  /** Their histories: one item per event. */
  transferLog: { variable: 'TRANSFER_LOG_TABLE', partitionKey: 'transferId', sortKey: VERSION_KEY },
} as const;
