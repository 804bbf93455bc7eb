import { v5 } from 'uuid';
import type { RecordedTransferEvent, TransferId } from '../../published/transfer-events.ts';
import type { TransferLog } from '../../published/transfer-log.ts';
import type { EventId } from '../../shared/kernel/ids.ts';
import type { Book } from '../domain/book.ts';
import { bookOfTransfer } from '../domain/book-id.ts';
import { missingTransferEntries } from '../domain/transfer-entries.ts';
import type { PostingDeps } from './ports.ts';
import { postToBook } from './post-to-book.ts';

type Deps = Pick<PostingDeps, 'books' | 'now'>;

/**
 * Books what the history of a transfer has and its book has not. Safe to repeat, and side by side. Resolves to the book as it is then.
 * @param stream the events of a transfer from the first one on, at least one
 * @throws ConcurrencyConflict
 */
export function postTransfer(deps: Deps, stream: readonly RecordedTransferEvent[]): Promise<Book> {
  const last = stream.at(-1)!;
  return postToBook(deps, bookOfTransfer(last.transferId), {
    last,
    eventId: v5('EntriesPosted', last.eventId) as EventId,
    missing: (book) => missingTransferEntries(stream, book),
  });
}

/** The same for transfers of which it is only known that something was recorded. @throws ConcurrencyConflict */
export async function postTransfers(
  deps: Deps & { readonly transferLog: Pick<TransferLog, 'read'> },
  transferIds: Iterable<TransferId>,
): Promise<void> {
  for (const transferId of new Set(transferIds)) {
    const stream = await deps.transferLog.read(transferId);
    if (stream.length > 0) await postTransfer(deps, stream);
  }
}
