import type { OrderLog } from '../../published/order-log.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import {
  isSameDecision,
  isUndecided,
  type TransferDecision,
  type UnmatchedTransfer,
  whyNotFor,
} from '../domain/unmatched-transfer.ts';
import type { UnmatchedTransfers } from './bank-ports.ts';

export interface DecideDeps {
  readonly log: Pick<OrderLog, 'read'>;
  readonly transfers: Pick<UnmatchedTransfers, 'find' | 'decide'>;
}

export type TransferRefusal =
  | { readonly kind: 'no-transfer' | 'no-order' | 'is-return' | 'other-method' | 'other-currency' | 'not-waiting' }
  | { readonly kind: 'decided'; readonly decision: TransferDecision };

/**
 * Notes what becomes of a transfer that nobody could match. The first decision stands unless the bank refuses it; the same one again changes nothing.
 * What it says is done by the next reading of statements, as often as it takes.
 */
export async function decideTransfer(
  { log, transfers }: DecideDeps,
  transferId: string,
  decision: TransferDecision,
): Promise<Result<UnmatchedTransfer, TransferRefusal>> {
  const transfer = await transfers.find(transferId);
  if (transfer === undefined) return refuse({ kind: 'no-transfer' });
  if (isUndecided(transfer) && decision.type === 'match') {
    const stream = await log.read(decision.orderId);
    const kind = stream.length === 0 ? 'no-order' : whyNotFor(stream, transfer);
    if (kind !== undefined) return refuse({ kind });
  }
  const decided = await transfers.decide(transferId, decision);
  return isSameDecision(decided.decision!, decision)
    ? accept(decided)
    : refuse({ kind: 'decided', decision: decided.decision! });
}
