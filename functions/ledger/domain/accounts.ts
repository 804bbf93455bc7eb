/** The chart of accounts. A test compares docs/ledger.md with it. */

interface AccountType {
  /** What its balances are of: money of one currency, or units of one article. */
  readonly of: 'money' | 'stock';
  /** What the balance says. Debits are positive, credits negative. */
  readonly meaning: string;
  /** Has an account of its own for each payment method, such as `channel/card`. @default false */
  readonly perMethod?: true;
}

export const CHART = {
  channel: { of: 'money', perMethod: true, meaning: 'what a payment channel has taken for the shop, less refunds' },
  clearing: {
    of: 'money',
    meaning:
      'what was taken and is for no goods yet (credit), or was given back for no reason (debit): zero in the end',
  },
  prepaid: { of: 'money', meaning: 'paid goods that have not left yet' },
  revenue: { of: 'money', meaning: 'goods that have left, at the price that the customer paid' },
  refunds: { of: 'money', meaning: 'what customers get back for goods that have left: it lessens the revenue' },
  'restocking-fees': { of: 'money', meaning: 'what the shop has kept of refunds for returned goods' },
  unmatched: { of: 'money', meaning: 'transferred money of which nobody knows what it is for, until a person decides' },
  suspense: {
    of: 'money',
    meaning: 'money that a person has moved outside of the platform, until a statement shows it',
  },
  fees: { of: 'money', meaning: 'what channels have kept for their service, as their statements tell it' },
  'written-off': { of: 'money', meaning: 'money that two people gave up' },
  authorised: { of: 'money', perMethod: true, meaning: 'open authorisations: what a channel holds for the shop' },
  authorisations: { of: 'money', meaning: 'the same from the side of the customers' },
  received: { of: 'stock', meaning: 'units that ever came in (credit)' },
  available: { of: 'stock', meaning: 'units that can be sold' },
  reserved: { of: 'stock', meaning: 'units that are kept for orders' },
  sold: { of: 'stock', meaning: 'units that have left' },
  returned: { of: 'stock', meaning: 'units that came back and were not put away yet' },
  damaged: { of: 'stock', meaning: 'units that cannot be sold' },
} as const satisfies Readonly<Record<string, AccountType>>;

export type AccountName = keyof typeof CHART;
type PerMethod = {
  [Name in AccountName]: (typeof CHART)[Name] extends { perMethod: true } ? Name : never;
}[AccountName];
/** The name of an account, as postings have it. */
export type Account = Exclude<AccountName, PerMethod> | `${PerMethod}/${string}`;

/** The entry of the chart that an account belongs to. */
export const typeOf = (account: Account): AccountType => CHART[account.split('/')[0] as AccountName];
