/** Entries of the books: what moves from which account to which, and balances, which are folds of entries. */
import type { Account } from './accounts.ts';

/** One side of an entry. */
export interface Posting {
  readonly account: Account;
  /** A currency (ISO 4217), or for units of stock an SKU, with `@<location>` when they are not at the usual location. */
  readonly unit: string;
  /** Minor units of the currency, or units of the article. Debits are positive, credits negative; never zero. */
  readonly amount: number;
}

/** What one event moved. Postings of one unit sum to zero. */
export interface Entry {
  /** The version of the event in the stream that the book is of. An event has one entry at most. */
  readonly of: number;
  /** The event's type. */
  readonly type: string;
  readonly postings: readonly Posting[];
}

/** Moves `amount` of `unit` from one account to another; nothing when it is zero, and back when it is negative. */
export const move = (from: Account, to: Account, unit: string, amount: number): readonly Posting[] =>
  amount === 0
    ? []
    : [
        { account: from, unit, amount: -amount },
        { account: to, unit, amount },
      ];

/** The units whose postings do not sum to zero, with the sums. */
export function unbalanced(postings: readonly Posting[]): readonly { readonly unit: string; readonly sum: number }[] {
  const sums = new Map<string, number>();
  for (const { unit, amount } of postings) sums.set(unit, (sums.get(unit) ?? 0) + amount);
  return [...sums].filter(([, sum]) => sum !== 0).map(([unit, sum]) => ({ unit, sum }));
}

/** Balances by account and unit. Accounts at zero are left out. */
export class Balances {
  readonly #amounts = new Map<string, Posting>();

  constructor(postings: Iterable<Posting> = []) {
    for (const posting of postings) this.add(posting);
  }

  add({ account, unit, amount }: Posting): void {
    const key = `${account} ${unit}`;
    const sum = (this.#amounts.get(key)?.amount ?? 0) + amount;
    if (sum === 0) this.#amounts.delete(key);
    else this.#amounts.set(key, { account, unit, amount: sum });
  }

  of(account: Account, unit: string): number {
    return this.#amounts.get(`${account} ${unit}`)?.amount ?? 0;
  }

  /** The units in which the account has a balance. */
  unitsOf(account: Account): readonly Posting[] {
    return this.all().filter((balance) => balance.account === account);
  }

  all(): readonly Posting[] {
    return [...this.#amounts.values()];
  }
}
