/** What the books and an order's stream say of each other. Pure. */
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { chargeOf, goodsKept, isAtRest, isCancelled } from '../../published/order-rest.ts';
import type { Account } from './accounts.ts';
import { type Book, balancesOf, shownByStatements, wrongSumsOf } from './book.ts';
import type { Balances } from './entry.ts';
import type { OrderFinding, Rule } from './finding.ts';
import { inSuspense } from './suspense.ts';

/** What an order does not keep of the rules. Those about its end hold only at rest; before that they are breaks that are expected to close. */
export function findingsOf(stream: readonly RecordedOrderEvent[], book: Book): readonly OrderFinding[] {
  const [created] = stream;
  if (created === undefined) return [];
  const underWay = !isAtRest(stream);
  const sinceOf = (entry = book.entries.at(-1)): string => (stream[(entry?.of ?? 1) - 1] ?? created).occurredAt;
  const found = (rule: Rule, detail: string): OrderFinding => ({
    orderId: created.orderId,
    rule,
    detail,
    since: sinceOf(),
    underWay: underWay && rule !== 'EntriesSumToZero' && rule !== 'BooksShowTheCharge',
  });
  return [
    ...violations(stream, book).map(([rule, detail]) => found(rule, detail)),
    // Whatever becomes of the order, a statement is expected.
    ...inSuspense(book).map(({ detail, entry }) => ({
      ...found('NothingInSuspense', detail),
      since: sinceOf(entry),
      underWay: true,
    })),
  ];
}

type Violation = readonly [Rule, string];

function violations(stream: readonly RecordedOrderEvent[], book: Book): readonly Violation[] {
  const balances = balancesOf(book);
  const charge = chargeOf(stream);
  const shown = shownByStatements(book);
  const booked = sumOf(balances, 'channel/') - shown.channel;
  const outside = sumOf(balances, 'suspense') - shown.suspense + sumOf(balances, 'written-off');
  const kept = goodsKept(stream);
  const expectZero = (rule: Rule, account: Account | 'authorised/'): readonly Violation[] =>
    open(balances, account).map(({ amount, unit }) => [rule, `${account} has ${amount} ${unit}, expected 0.`]);
  return [
    ...wrongSumsOf(book).map((detail): Violation => ['EntriesSumToZero', detail]),
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
