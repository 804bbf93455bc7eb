/** The tables that streams of events are kept in: what the adapters write and the infrastructure creates. */
export const EVENT_LOG_TABLES = {
  /** One item per event; the stream of this table is the outbox. */
  orderLog: { variable: 'ORDER_LOG_TABLE', partitionKey: 'orderId', sortKey: 'version' },
  /** The ids of the commands that were carried out, kept for good: a repeat has no second effect. */
  commands: { variable: 'COMMANDS_TABLE', partitionKey: 'commandId' },
  /** Where the loading of a long stream begins: the newest snapshot of each order that has one. */
  orderSnapshots: { variable: 'ORDER_SNAPSHOTS_TABLE', partitionKey: 'orderId' },
} as const;
