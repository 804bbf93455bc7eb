/** What the events of a transfer move that quotes no reference of an order. Pure. */
import type { RecordedTransferEvent, TransferEvent } from '../../published/transfer-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Account } from './accounts.ts';
import type { Book } from './book.ts';
import { type Entry, move } from './entry.ts';

const AT_BANK: Account = 'channel/bank_transfer';

/** The entries of the events that the book of the transfer has none of. @param stream events from the first one on */
export const missingTransferEntries = (
  stream: readonly RecordedTransferEvent[],
  { upTo }: Pick<Book, 'upTo'>,
): readonly Entry[] =>
  stream
    .filter(({ version }) => version > upTo)
    .map((event) => ({ of: event.version, type: event.type, postings: postingsOf(event) }));

function postingsOf(event: TransferEvent) {
  const { amount, currency } = event.data.amount;
  switch (event.type) {
    case 'TransferUnmatched':
      return move('unmatched', AT_BANK, currency, amount);
    // The book of its order has the money by then: TransferReceived has put it there.
    case 'TransferMatched':
    case 'TransferSentBack':
      return move(AT_BANK, 'unmatched', currency, amount);
    case 'TransferDoneOutside':
      return move('suspense', 'unmatched', currency, amount);
    default:
      return assertNever(event);
  }
}
