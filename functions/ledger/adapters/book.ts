import type { Aggregate } from '../../shared/event-log/aggregate.ts';
import { type BookId, parseBookId } from '../domain/book-id.ts';
import { BOOK_UPCASTERS, type BookEvent } from '../domain/events.ts';

/** Books as the event log knows them. */
export const BOOK: Aggregate<BookEvent, 'bookId', BookId> = {
  idField: 'bookId',
  parseId: parseBookId,
  upcasters: BOOK_UPCASTERS,
};
