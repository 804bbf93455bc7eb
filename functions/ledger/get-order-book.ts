import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { orderIdOf, orderNotFound } from '../shared/http/order-path.ts';
import { shownSince } from './application/days.ts';
import type { PostingDeps } from './application/ports.ts';
import { posting } from './composition.ts';
import { balancesOf, foldBook } from './domain/book.ts';
import { bookOfOrder } from './domain/book-id.ts';
import { missingEntries } from './domain/entries.ts';
import { findingsOf } from './domain/findings.ts';
import { withAge } from './domain/suspense.ts';
import { getOrderBook } from './routes.ts';

/** `GET /api/v1/ledger/orders/{orderId}`: the entries of an order with their sums, and the rules that they break; those that are not posted yet, too. */
export const makeHandler = ({ log, books, now }: PostingDeps) =>
  endpoint(getOrderBook, async (http) => {
    const orderId = orderIdOf(http);
    const [stream, events] = await Promise.all([log.read(orderId), books.read(bookOfOrder(orderId))]);
    if (stream.length === 0) throw orderNotFound(orderId);
    const posted = foldBook(events);
    const book = { ...posted, entries: [...posted.entries, ...missingEntries(stream, posted)] };
    return {
      status: 200,
      body: {
        orderId,
        postedUpTo: posted.upTo,
        entries: book.entries.map((entry) => ({ ...entry, occurredAt: stream[entry.of - 1]?.occurredAt })),
        balances: balancesOf(book).all(),
        findings: withAge(findingsOf(stream, book), shownSince(now())),
        links: { self: http.path, order: `/api/v1/orders/${orderId}`, history: `/api/v1/orders/${orderId}/history` },
      },
    };
  });

export const handler: Handler = limited(makeHandler(posting()));
