/** The published language of transfers that quote no reference of an order: every event that the stream of one can hold. */
import type { TransferEvent, TransferId } from '../payments/domain/transfer-events.ts';
import type { RecordedEvent } from '../shared/kernel/events.ts';

export {
  parseTransferId,
  TRANSFER_ID,
  type TransferEvent,
  type TransferId,
} from '../payments/domain/transfer-events.ts';

/** An event as the transfer's stream holds it. */
export type RecordedTransferEvent<E extends TransferEvent = TransferEvent> = RecordedEvent<E, 'transferId', TransferId>;
