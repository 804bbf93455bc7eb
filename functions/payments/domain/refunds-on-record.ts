/** What a channel has to be asked for that shows a refund to whoever names its number. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { refundIdsIn } from './compensation-ids.ts';

export interface RefundsOnRecord {
  /** The ids of all refunds that were asked for, or may have been. */
  readonly ids: readonly string[];
  /** How often each of them may have been made at most: once more for each wish of a person. */
  readonly attempts: number;
  /** The numbers of which the channel has told, oldest first: mostly ours. */
  readonly told: readonly string[];
}

export const refundsOnRecord = (stream: readonly RecordedOrderEvent[]): RefundsOnRecord => ({
  ids: refundIdsIn(stream),
  attempts: 1 + stream.filter(({ type }) => type === 'TaskResumed').length,
  told: [
    ...new Set(stream.flatMap((event) => (event.type === 'PaymentNotified' ? (event.data.refund?.number ?? []) : []))),
  ],
});
