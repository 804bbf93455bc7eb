/** The tables of an environment: what a backup has, and what it leaves out, by the readable part of their names. */

/** What nothing else could make again, in the order in which it is brought back: what others refer to comes first. */
export const KEPT = [
  'Catalogue',
  'Promotions',
  'Inventory',
  'StockLog',
  'Commands',
  'OrderLog',
  'BankTransfers',
  'TransferLog',
  'ParcelWatch',
  'Ledger',
  'LedgerReports',
  'RecoveryWaits',
  'RecoveryTasks',
  'Notifications',
  'Erasures',
  'DeadLetters',
] as const;
export type KeptTable = (typeof KEPT)[number];

/** What is left out, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  OrderView: 'is made of the log again, by the events or by npm run rebuild',
  OrderSearch: 'is made of the log again, by the events or by npm run rebuild',
  OrderSnapshots: 'is made of the log again when an order is next loaded',
  Projections: 'says how far read models are, which are made again',
  Idempotency:
    'has the answers of the last requests: a command that is repeated is known by its id in Commands, an order by its key',
  RateLimits: 'has what callers may still ask for in this second',
  Partners: 'has the circuits and instances of partners as they are now',
};

const OUTPUT = /^(\w+)TableName$/;

/** The names of the tables of an environment, by their readable parts. @param outputs of all of its stacks */
export const tablesIn = (outputs: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(outputs).flatMap(([output, name]) => {
      const table = OUTPUT.exec(output)?.[1];
      return table === undefined ? [] : [[table, name] as const];
    }),
  );
