import { v5 } from 'uuid';
import type { RecordedStockEvent } from '../../published/stock-events.ts';
import type { EventId } from '../../shared/kernel/ids.ts';
import { missingArticleEntries } from '../domain/article-entries.ts';
import { type Book, NO_BOOK } from '../domain/book.ts';
import { bookOfStock } from '../domain/book-id.ts';
import type { PostingDeps } from './ports.ts';
import { postToBook } from './post-to-book.ts';

/** So many entries stay far below the 400 kB of an item. */
const MOST_ENTRIES = 500;

/**
 * Books what the history of an article's stock has and its book has not. Safe to repeat, and side by side. Resolves to the book as it is then.
 * @param stream the events of an article from the first one on
 * @throws ConcurrencyConflict
 */
export async function postArticle(
  deps: Pick<PostingDeps, 'books' | 'now'>,
  stream: readonly RecordedStockEvent[],
): Promise<Book> {
  let book = NO_BOOK;
  for (let end = 0; end < stream.length; ) {
    end = Math.max(end, book.upTo) + MOST_ENTRIES;
    const part = stream.slice(0, end);
    const last = part.at(-1)!;
    book = await postToBook(deps, bookOfStock(last.sku), {
      last,
      eventId: v5('EntriesPosted', last.eventId) as EventId,
      missing: (before) => missingArticleEntries(part, before),
    });
  }
  return book;
}
