/** The consumer of the ledger, for the suite of all consumers. */
import '../platform/function-environment.ts';
import { BOOK } from '../../../functions/ledger/adapters/book.ts';
import { foldBook } from '../../../functions/ledger/domain/book.ts';
import { bookOfOrder } from '../../../functions/ledger/domain/book-id.ts';
import { makeHandler as postEntries } from '../../../functions/ledger/post-entries.ts';
import { InMemoryEventLog } from '../fakes/in-memory-event-log.ts';
import type { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { START } from '../orders/streams.ts';
import type { Consumer } from './consumers.ts';
import { ORDERS } from './order-messages.ts';

/** An order that no event of the rule tells of is booked by whatever message comes, and by its own next one: it does not count. */
export function ledger(log: InMemoryOrderLog): Consumer {
  const books = new InMemoryEventLog(BOOK);
  const done = async () => {
    const ended = ORDERS.filter((stream) => stream.some(({ type }) => type === 'OrderConfirmed'));
    const ids = ended.map((stream) => bookOfOrder(stream[0]!.orderId));
    return Promise.all(ids.map(async (id) => foldBook(await books.read(id)).entries));
  };
  return { handle: postEntries({ log, books, now: () => START }), done };
}
