import { ORDER_LOG_TABLES } from '../../published/order-log-tables.ts';
import type { SnapshotFormat } from '../../shared/event-log/dynamodb-snapshots.ts';
import { STATE_SCHEMA } from '../domain/state.ts';

export const ORDER_SNAPSHOTS: SnapshotFormat = {
  idField: ORDER_LOG_TABLES.orderSnapshots.partitionKey,
  stateField: 'order',
  schemaVersion: STATE_SCHEMA,
};
