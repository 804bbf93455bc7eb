/** Money on the shop's account of which nobody knows what it is for, until a person decides. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { totalOf } from '../../published/order-transfers.ts';
import type { Actor } from '../../shared/kernel/events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { IncomingTransfer } from './bank-statement.ts';
import type { TransferUnmatched } from './transfer-events.ts';

export type TransferDecision = { readonly actor: Actor; readonly decidedAt: string } & (
  | { readonly type: 'match'; readonly orderId: OrderId }
  | { readonly type: 'return'; readonly reason: string }
  /** A person has moved the money at the bank, such as to another account of its payer. */
  | { readonly type: 'done_outside'; readonly reason: string }
);

export interface UnmatchedTransfer extends Pick<IncomingTransfer, 'transferId' | 'amount'> {
  /** Who has paid, and what they wrote. Personal data: it is gone once the transfer is settled. */
  readonly details?: Pick<IncomingTransfer, 'debtor' | 'text'>;
  /** When the statement with it was read: ISO 8601, UTC. */
  readonly readAt: string;
  /** It brings back a transfer of ours that the bank could not pay out: it is for no order. */
  readonly isReturn?: true;
  /** It stands, and is carried out until it is done. */
  readonly decision?: TransferDecision;
  /** When the bank refused to carry it out: another decision is needed then. ISO 8601, UTC. */
  readonly refusedAt?: string;
}

/** What its history begins with. */
export const arrivalOf = ({ amount, isReturn }: Pick<UnmatchedTransfer, 'amount' | 'isReturn'>): TransferUnmatched => ({
  type: 'TransferUnmatched',
  data: { amount, ...(isReturn ? { isReturn } : {}) },
});

/** Whether a person has to decide: nobody has, or the bank has refused it. */
export const isUndecided = ({ decision, refusedAt }: UnmatchedTransfer): boolean =>
  decision === undefined || refusedAt !== undefined;

/** Whether two decisions come to the same, whoever made them. */
export const isSameDecision = (one: TransferDecision, other: TransferDecision): boolean =>
  one.type === other.type && orderIn(one) === orderIn(other);

const orderIn = (decision: TransferDecision): OrderId | undefined =>
  decision.type === 'match' ? decision.orderId : undefined;

/** Why money cannot be for the order of the stream; undefined when it can. It would go back at once otherwise, or disturb the order's books. */
export function whyNotFor(
  stream: readonly RecordedOrderEvent[],
  { amount, isReturn }: Pick<UnmatchedTransfer, 'amount' | 'isReturn'>,
) {
  if (isReturn) return 'is-return';
  const [created] = stream;
  if (created?.type !== 'OrderCreated' || created.data.paymentMethod.type !== 'bank_transfer') return 'other-method';
  if (totalOf(stream)?.currency !== amount.currency) return 'other-currency';
  const isOver = stream.some(({ type }) =>
    ['PaymentCaptured', 'CancellationRequested', 'OrderCancelled'].includes(type),
  );
  return isOver ? 'not-waiting' : undefined;
}
