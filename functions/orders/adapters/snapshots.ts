import type { SnapshotFormat } from '../../shared/event-log/dynamodb-snapshots.ts';
import { EVENT_LOG_TABLES } from '../../shared/event-log/tables.ts';
import { STATE_SCHEMA } from '../domain/state.ts';

export const ORDER_SNAPSHOTS: SnapshotFormat = {
  idField: EVENT_LOG_TABLES.orderSnapshots.partitionKey,
  stateField: 'order',
  schemaVersion: STATE_SCHEMA,
};
