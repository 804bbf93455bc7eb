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
  entries.reduce((account, { kind, amount = 0 }) => {
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
        return { ...account, taken: account.taken - amount };
      default:
        return account;
    }
  }, NOTHING);

/** Whether the carrier is to send a parcel. */
export function isBooked(entries: readonly LedgerEntry[]): boolean {
  const last = entries.at(-1)?.kind;
  return last === 'booking' || last === 'rebooking';
}
