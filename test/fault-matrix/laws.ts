/** What must be true of an order, its money, its parcel and its goods whatever went wrong. */
import { type Book, balancesOf, NO_BOOK } from '../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../functions/ledger/domain/findings.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { accountOf, isBooked } from '../fault/ledgers.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import { SKU } from './world.ts';

export interface AtRest {
  readonly stream: readonly RecordedOrderEvent[];
  readonly payment: readonly LedgerEntry[];
  readonly parcel: readonly LedgerEntry[];
  readonly stock: Readonly<Record<'received' | 'available' | 'reserved' | 'sold', number>>;
  /** What goes on although the order has come to its end. */
  readonly running: readonly string[];
  readonly deadLetters: readonly string[];
}

/** What is broken; empty when all is well. */
export function brokenLaws({ stream, payment, parcel, stock, running, deadLetters }: AtRest): string[] {
  const order = fold(stream) as ExistingOrder;
  const isDelivered = order.status === 'delivered';
  const stands = order.status === 'processing' || isDelivered;
  const given = order.refunds.reduce((sum, { status, amount }) => sum + (status === 'refunded' ? amount.amount : 0), 0);
  const value = stands ? order.total.amount - given : 0;
  const back = order.returns.reduce((sum, { accepted }) => sum + unitsOf(accepted), 0);
  const units = stands ? unitsOf(order.lines) - back : 0;
  const [reserved, sold] = isDelivered ? [0, units] : [units, 0];
  const { authorisations, captures, held, taken } = accountOf(payment);
  const free = stock.received - units;
  return [
    ...running.map((name) => `The execution ${name} goes on.`),
    ...deadLetters.map((message) => `A message was given up: ${message}`),
    ...(authorisations > 1 ? [`It was authorised ${authorisations} times.`] : []),
    ...(captures > 1 ? [`It was captured ${captures} times.`] : []),
    ...(held === 0 ? [] : [`At rest, ${held} is still authorised.`]),
    ...(taken === value ? [] : [`The customer keeps goods for ${value}, and the channel took ${taken}.`]),
    ...(isBooked(parcel) === stands ? [] : [`It is ${order.status}, and a parcel is ${stands ? 'not ' : ''}booked.`]),
    ...(stock.reserved === reserved && stock.sold === sold && stock.available === free
      ? []
      : [
          `Of ${stock.received} units, the customer ${isDelivered ? 'has' : 'is to get'} ${units}; ${stock.reserved} are reserved, ${stock.sold} sold, ${stock.available} free.`,
        ]),
    ...order.refunds
      .filter(({ status }) => status === 'requested')
      .map(({ refundId }) => `The refund ${refundId} has no end.`),
    ...bookBreaks(stream, { reserved, sold }),
  ];
}

const unitsOf = (lines: readonly { readonly quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** What the platform's own books say: entries sum to zero, nothing is open, and goods are where they are in the warehouse. */
function bookBreaks(
  stream: readonly RecordedOrderEvent[],
  goods: Readonly<Record<'reserved' | 'sold', number>>,
): string[] {
  try {
    const book: Book = { ...NO_BOOK, entries: missingEntries(stream, NO_BOOK) };
    const balances = balancesOf(book);
    const elsewhere = (['reserved', 'sold'] as const).filter((account) => balances.of(account, SKU) !== goods[account]);
    return [
      ...findingsOf(stream, book).map(({ rule, detail }) => `${rule}: ${detail}`),
      ...elsewhere.map(
        (account) => `The books have ${balances.of(account, SKU)} ${account}, expected ${goods[account]}.`,
      ),
    ];
  } catch (error) {
    return [`The books cannot be kept: ${(error as Error).message}`];
  }
}
