/** What the events of an article's stock move. What orders reserve, buy and send back is in their own books. Pure. */
import type { RecordedStockEvent, StockEvent } from '../../published/stock-events.ts';
import type { Account } from './accounts.ts';
import type { Book } from './book.ts';
import { type Entry, move } from './entry.ts';

interface Move {
  readonly from: Account;
  readonly to: Account;
  readonly quantity: number;
}

type Rules = {
  readonly [Type in StockEvent['type']]: (
    data: Extract<StockEvent, { readonly type: Type }>['data'],
  ) => Move | undefined;
};

const RULES: Rules = {
  // Units that were reserved or sold by then went from `available` in the books of their orders.
  StockOpened: ({ available, reserved, sold }) => arrived(available + reserved + sold),
  StockReceived: ({ quantity }) => arrived(quantity),
  StockCorrected: ({ quantity }) => arrived(quantity),
  StockDamaged: ({ quantity }) => ({ from: 'available', to: 'damaged', quantity }),
  // The order's book has them as returned since their return was received.
  StockReturned: ({ quantity, condition }) => ({
    from: 'returned',
    to: condition === 'damaged' ? 'damaged' : 'available',
    quantity,
  }),
  // They move nothing.
  StockLimitsSet: () => undefined,
  StockLow: () => undefined,
  StockRecovered: () => undefined,
};

const arrived = (quantity: number): Move => ({ from: 'received', to: 'available', quantity });

/** The entries of the events that the book of the article has none of. @param stream events from the first one on */
export function missingArticleEntries(stream: readonly RecordedStockEvent[], book: Book): readonly Entry[] {
  return stream.flatMap(({ sku, version, type, data }) => {
    if (version <= book.upTo) return [];
    // The table pairs each type with its own data, which the compiler cannot follow through the lookup.
    const rule = RULES[type] as (data: StockEvent['data']) => Move | undefined;
    const moved = rule(data);
    const postings = moved === undefined ? [] : move(moved.from, moved.to, sku, moved.quantity);
    return postings.length === 0 ? [] : [{ of: version, type, postings }];
  });
}
