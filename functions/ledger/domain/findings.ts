/** What the books and an order's stream say of each other. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Account } from './accounts.ts';
import { type Book, balancesOf } from './book.ts';
import { type Balances, unbalanced } from './entry.ts';
import { chargeOf, goodsKept, isAtRest, isCancelled } from './rest.ts';

/**
 * The rules that hold for every order at rest; part of the API.
 * - `EntriesSumToZero`: the postings of each entry, per currency and per SKU
 * - `BooksShowTheCharge`: the books have at the channel what the events say that it took, less what it gave back
 * - `ChargeIsForGoods`: captured − refunded = the value of the goods that the customer keeps; nothing without a standing order
 * - `ClearingIsZero`: all money of a payment is for something
 * - `NoOpenAuthorisation`: no money of the customer is held
 * - `NoHeldGoods`: no goods are kept for an order that is cancelled
 */
export const RULES = [
  'EntriesSumToZero',
  'BooksShowTheCharge',
  'ChargeIsForGoods',
  'ClearingIsZero',
  'NoOpenAuthorisation',
  'NoHeldGoods',
] as const;
export type Rule = (typeof RULES)[number];

/** A rule that an order does not keep. */
export interface Finding {
  readonly orderId: OrderId;
  readonly rule: Rule;
  /** What was found and what was expected. */
  readonly detail: string;
  /** When the last event came that moved something: ISO 8601, UTC. */
  readonly since: string;
  /** Something is still under way for the order, or a person has a task: it is a break, and nothing is wrong yet. */
  readonly underWay: boolean;
}

/** What an order does not keep of the rules. Those about its end hold only at rest; before that they are breaks that are expected to close. */
export function findingsOf(stream: readonly RecordedOrderEvent[], book: Book): readonly Finding[] {
  const [created] = stream;
  if (created === undefined) return [];
  const underWay = !isAtRest(stream);
  const moved = book.entries.at(-1)?.of ?? 1;
  const since = (stream[moved - 1] ?? created).occurredAt;
  const found = (rule: Rule, detail: string): Finding => ({
    orderId: created.orderId,
    rule,
    detail,
    since,
    underWay: underWay && rule !== 'EntriesSumToZero' && rule !== 'BooksShowTheCharge',
  });
  return violations(stream, book).map(([rule, detail]) => found(rule, detail));
}

type Violation = readonly [Rule, string];

function violations(stream: readonly RecordedOrderEvent[], book: Book): readonly Violation[] {
  const balances = balancesOf(book);
  const charge = chargeOf(stream);
  const booked = sumOf(balances, 'channel/');
  const outside = sumOf(balances, 'suspense') + sumOf(balances, 'written-off');
  const kept = goodsKept(stream);
  const expectZero = (rule: Rule, account: Account | 'authorised/'): readonly Violation[] =>
    open(balances, account).map(({ amount, unit }) => [rule, `${account} has ${amount} ${unit}, expected 0.`]);
  return [
    ...[...book.entries, ...book.reversals].flatMap(({ of, postings }) =>
      unbalanced(postings).map(
        ({ unit, sum }): Violation => [
          'EntriesSumToZero',
          `The postings of event ${of} sum to ${sum} ${unit}, expected 0.`,
        ],
      ),
    ),
    ...(booked === charge
      ? []
      : [['BooksShowTheCharge', `The books have ${booked} at the channel, the events ${charge}.`] as const]),
    ...(charge + outside === kept
      ? []
      : [['ChargeIsForGoods', `The customer has paid ${charge + outside} for goods that cost ${kept}.`] as const]),
    ...expectZero('ClearingIsZero', 'clearing'),
    ...expectZero('NoOpenAuthorisation', 'authorised/'),
    ...(isCancelled(stream) ? expectZero('NoHeldGoods', 'reserved') : []),
  ];
}

const open = (balances: Balances, account: string) =>
  balances
    .all()
    .filter((balance) => balance.account === account || (account.endsWith('/') && balance.account.startsWith(account)));

const sumOf = (balances: Balances, account: string): number =>
  open(balances, account).reduce((sum, { amount }) => sum + amount, 0);
