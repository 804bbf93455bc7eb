/** Transfers that quote no reference of an order, as their event log knows them: a stream for each. The ledger books them. */
import { TRANSFER_UPCASTERS } from '../payments/domain/transfer-events.ts';
import type { Aggregate } from '../shared/event-log/aggregate.ts';
import type { EventLog, EventStreams } from '../shared/event-log/port.ts';
import { parseTransferId, type TransferEvent, type TransferId } from './transfer-events.ts';
import { TRANSFER_LOG_TABLES } from './transfer-log-tables.ts';

export const TRANSFER: Aggregate<TransferEvent, 'transferId', TransferId> = {
  idField: TRANSFER_LOG_TABLES.transferLog.partitionKey,
  parseId: parseTransferId,
  upcasters: TRANSFER_UPCASTERS,
};

export type TransferLog = EventLog<TransferEvent, 'transferId', TransferId>;
export type TransferStreams = EventStreams<TransferEvent, 'transferId', TransferId>;
