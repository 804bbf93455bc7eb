import { isUndecided, type UnmatchedTransfer } from '../domain/unmatched-transfer.ts';

/** A transfer that nobody could match, as the API shows it. */
export function shownTransfer(transfer: UnmatchedTransfer) {
  const { transferId, amount, readAt, isReturn, details, decision, refusedAt } = transfer;
  return {
    transferId,
    amount,
    readAt,
    ...(isReturn ? { isReturn } : {}),
    ...details,
    status: details === undefined ? 'settled' : isUndecided(transfer) ? 'open' : 'decided',
    ...(decision === undefined ? {} : { decision }),
    ...(refusedAt === undefined ? {} : { refusedAt }),
  };
}
