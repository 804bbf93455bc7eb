/** What must be true of an order, its money, its parcel and its goods whatever went wrong. */
import { type Book, NO_BOOK } from '../../functions/ledger/domain/book.ts';
import { missingEntries } from '../../functions/ledger/domain/entries.ts';
import { findingsOf } from '../../functions/ledger/domain/findings.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { RecordedOrderEvent } from '../../functions/published/order-events.ts';
import { accountOf, isBooked } from '../fault/ledgers.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';

export interface AtRest {
  readonly stream: readonly RecordedOrderEvent[];
  readonly payment: readonly LedgerEntry[];
  readonly parcel: readonly LedgerEntry[];
  readonly stock: { readonly received: number; readonly available: number; readonly reserved: number };
  /** What goes on although the order has come to its end. */
  readonly running: readonly string[];
  readonly deadLetters: readonly string[];
}

/** What is broken; empty when all is well. */
export function brokenLaws({ stream, payment, parcel, stock, running, deadLetters }: AtRest): string[] {
  const order = fold(stream) as ExistingOrder;
  const stands = order.status === 'processing';
  const value = stands ? order.total.amount : 0;
  const units = stands ? order.lines.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
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
    ...(stock.reserved === units && stock.available === free
      ? []
      : [`Of ${stock.received} units, ${units} are kept; ${stock.reserved} are reserved, ${stock.available} free.`]),
    ...bookBreaks(stream),
  ];
}

/** What the platform's own books say: entries sum to zero, and nothing is open. */
function bookBreaks(stream: readonly RecordedOrderEvent[]): string[] {
  try {
    const book: Book = { ...NO_BOOK, entries: missingEntries(stream, NO_BOOK) };
    return findingsOf(stream, book).map(({ rule, detail }) => `${rule}: ${detail}`);
  } catch (error) {
    return [`The books cannot be kept: ${(error as Error).message}`];
  }
}
