import { COMMAND_KEY, VERSION_KEY } from '../shared/event-log/tables.ts';

/** The tables that the streams of orders are kept in: what the adapters write and the infrastructure creates. */
export const ORDER_LOG_TABLES = {
  /** One item per event; the stream of this table is the outbox. */
  orderLog: { variable: 'ORDER_LOG_TABLE', partitionKey: 'orderId', sortKey: VERSION_KEY },
  /** The ids of the commands that were carried out, kept for good: a repeat has no second effect. */
  commands: { variable: 'COMMANDS_TABLE', partitionKey: COMMAND_KEY },
  /** The newest snapshot of each order that has one: a long stream is loaded from there on. */
  orderSnapshots: { variable: 'ORDER_SNAPSHOTS_TABLE', partitionKey: 'orderId' },
} as const;
