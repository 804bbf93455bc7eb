import { VERSION_KEY } from '../shared/event-log/tables.ts';

/** The table that the histories of articles' stock are kept in: what the adapters write and the infrastructure creates. */
export const STOCK_LOG_TABLES = {
  /** One item per event. */
  stockLog: { variable: 'STOCK_LOG_TABLE', partitionKey: 'sku', sortKey: VERSION_KEY },
} as const;
