/** What a partner's ledger says of one order. */
import type { LedgerEntry } from '../support/platform/partners.ts';

export interface Account {
  readonly authorisations: number;
  readonly captures: number;
  /** Authorised and neither captured nor voided, in minor units. */
  readonly held: number;
  /** Captured and not refunded, in minor units. */
  readonly taken: number;
}

const NOTHING: Account = { authorisations: 0, captures: 0, held: 0, taken: 0 };

export const accountOf = (entries: readonly LedgerEntry[]): Account =>
  entries.reduce((account, entry) => {
    const { kind, amount = 0, end } = entry;
    switch (kind) {
      case 'authorisation':
        return { ...account, authorisations: account.authorisations + 1, held: amount };
      case 'adjustment':
        return { ...account, held: amount };
      // A payment at checkout is taken at once.
      case 'payment':
      case 'capture':
        return { ...account, captures: account.captures + 1, held: 0, taken: account.taken + amount };
      // Another one may take its place.
      case 'expiry':
        return { ...account, authorisations: account.authorisations - 1, held: 0 };
      case 'void':
        return { ...account, held: 0 };
      case 'refund':
        return isMade(end) ? { ...account, taken: account.taken - amount } : takenBack(account, entries, entry);
      case 'refund-failed':
        return takenBack(account, entries, entry);
      default:
        return account;
    }
  }, NOTHING);

/** Of WeChat Pay's refunds, which end in different ways. */
const isMade = (end: string | undefined): boolean => end === undefined || end === 'SUCCESS';

/** A refund that has failed, also after it was made. */
function takenBack(account: Account, entries: readonly LedgerEntry[], failed: LedgerEntry): Account {
  const { amount = 0 } = failed;
  const before = entries
    .slice(0, entries.indexOf(failed))
    .findLast(
      ({ kind, refundId, refundNo }) =>
        kind.startsWith('refund') && refundId === failed.refundId && refundNo === failed.refundNo,
    );
  const wasMade = before?.kind === 'refund' && isMade(before.end);
  return wasMade ? { ...account, taken: account.taken + amount } : account;
}

/** Whether the carrier is to send a parcel. */
export function isBooked(entries: readonly LedgerEntry[]): boolean {
  const last = entries.findLast(({ kind }) => kind !== 'tracking')?.kind;
  return last === 'booking' || last === 'rebooking';
}
