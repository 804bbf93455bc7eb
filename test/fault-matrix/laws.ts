/** What must be true of an order, its money, its parcel and its goods whatever went wrong. */
import { type Book, balancesOf, NO_BOOK } from '../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../functions/ledger/domain/findings.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { tasksOf } from '../../functions/recovery/domain/tasks-of-order.ts';
import type { Sku } from '../../functions/shared/kernel/ids.ts';
import { countOf } from '../../functions/shared/kernel/units.ts';
import { accountOf, isBooked } from '../fault/ledgers.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';
import type { Counts } from './world.ts';

export interface AtRest {
  readonly stream: readonly RecordedOrderEvent[];
  readonly payment: readonly LedgerEntry[];
  readonly parcel: readonly LedgerEntry[];
  /** By article and location, as the books name them. */
  readonly stock: ReadonlyMap<string, Counts>;
  /** The order still has a place among those that wait for goods. */
  readonly waitsForGoods: boolean;
  /** What goes on although the order has come to its end. */
  readonly running: readonly string[];
  readonly deadLetters: readonly string[];
}

/** What is broken; empty when all is well. */
export function brokenLaws({ stream, payment, parcel, stock, waitsForGoods, running, deadLetters }: AtRest): string[] {
  const order = fold(stream) as ExistingOrder;
  const stands = STANDS.includes(order.status);
  const given = order.refunds.reduce((sum, { status, amount }) => sum + (status === 'refunded' ? amount.amount : 0), 0);
  const value = stands ? order.total.amount - given : 0;
  const { authorisations, captures, held, taken } = accountOf(payment);
  return [
    ...running.map((name) => `The execution ${name} goes on.`),
    ...deadLetters.map((message) => `A message was given up: ${message}`),
    ...(authorisations > 1 ? [`It was authorised ${authorisations} times.`] : []),
    ...(captures > 1 ? [`It was captured ${captures} times.`] : []),
    ...(held === 0 ? [] : [`At rest, ${held} is still authorised.`]),
    ...(taken === value ? [] : [`The customer keeps goods for ${value}, and the channel took ${taken}.`]),
    ...(isBooked(parcel) === stands ? [] : [`It is ${order.status}, and a parcel is ${stands ? 'not ' : ''}booked.`]),
    ...(wasBooked(parcel) && !wasPaid(stream) ? ['A parcel was booked for an order that nobody has paid.'] : []),
    ...goodsBreaks(order, stock),
    ...(waitsForGoods ? ['It still waits for goods.'] : []),
    ...order.refunds
      .filter(({ status }) => status === 'requested')
      .map(({ refundId }) => `The refund ${refundId} has no end.`),
    ...(tasksOf(stream)?.tasks ?? [])
      .filter(({ resolved }) => !resolved)
      .map(({ kind, step }) => `Nothing is left to do, and a task is open: ${kind} ${step ?? ''}`.trimEnd()),
    ...bookBreaks(stream, stock),
  ];
}

/** Whether a parcel was booked at any time, also one that was cancelled since. */
const wasBooked = (parcel: readonly LedgerEntry[]): boolean => parcel.some(({ kind }) => kind === 'booking');
/** Whether money was held or taken at any time. */
const wasPaid = (stream: readonly RecordedOrderEvent[]): boolean =>
  stream.some(({ type }) => type === 'PaymentAuthorised' || type === 'PaymentCaptured');

const STANDS: readonly string[] = ['processing', 'delivered'];

/** Of each article, what the customer is to get or has is kept or sold, and all else is free; at each location there is what came there. */
function goodsBreaks({ status, lines, returns }: ExistingOrder, stock: ReadonlyMap<string, Counts>): string[] {
  const skuOf = (article: string): Sku => article.split('@')[0]! as Sku;
  const bySku = Map.groupBy(stock, ([article]) => skuOf(article));
  return [
    ...[...bySku].flatMap(([sku, places]) => {
      const sumOf = (count: keyof Counts): number => places.reduce((sum, [, counts]) => sum + counts[count], 0);
      const back = returns.reduce((sum, { accepted }) => sum + countOf(sku, accepted), 0);
      const units = STANDS.includes(status) ? countOf(sku, lines) - back : 0;
      const [reserved, sold] = status === 'delivered' ? [0, units] : [units, 0];
      return sumOf('reserved') === reserved && sumOf('sold') === sold
        ? []
        : [
            `Of ${sumOf('received')} ${sku}, the customer of the ${status} order is to have ${units}; ${sumOf('reserved')} are reserved, ${sumOf('sold')} sold.`,
          ];
    }),
    ...[...stock].flatMap(([article, { received, available, reserved, sold }]) =>
      available >= 0 && available + reserved + sold === received
        ? []
        : [`Of ${received} ${article}, ${available} are free, ${reserved} reserved and ${sold} sold.`],
    ),
  ];
}

/** What the platform's own books say: entries sum to zero, nothing is open, and goods are where they are in the warehouse. */
function bookBreaks(stream: readonly RecordedOrderEvent[], stock: ReadonlyMap<string, Counts>): string[] {
  try {
    const book: Book = { ...NO_BOOK, entries: missingEntries(stream, NO_BOOK) };
    const balances = balancesOf(book);
    const elsewhere = [...stock].flatMap(([article, counts]) =>
      (['reserved', 'sold'] as const)
        .map((account) => ({ account, article, booked: balances.of(account, article), is: counts[account] }))
        .filter(({ booked, is }) => booked !== is),
    );
    return [
      ...findingsOf(stream, book).map(({ rule, detail }) => `${rule}: ${detail}`),
      ...elsewhere.map(
        ({ account, article, booked, is }) =>
          `The books have ${booked} ${article} ${account}, and the warehouse ${is}.`,
      ),
    ];
  } catch (error) {
    return [`The books cannot be kept: ${(error as Error).message}`];
  }
}
