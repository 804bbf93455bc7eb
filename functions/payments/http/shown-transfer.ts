import type { UnmatchedTransfer } from '../domain/unmatched-transfer.ts';

/** A transfer that nobody could match, as the API shows it. */
export const shownTransfer = ({ transferId, amount, readAt, details, decision }: UnmatchedTransfer) => ({
  transferId,
  amount,
  readAt,
  ...details,
  status: details === undefined ? 'settled' : decision === undefined ? 'open' : 'decided',
  ...(decision === undefined ? {} : { decision }),
});
