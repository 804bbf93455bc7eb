/** What the events of an article's stock move. What orders reserve, buy and send back is in their own books. Pure. */
import type { RecordedStockEvent, StockEvent } from '../../published/stock-events.ts';
import { articleAt, DEFAULT_LOCATION, type LocationId, locationOf } from '../../shared/kernel/location.ts';
import type { Account } from './accounts.ts';
import type { Book } from './book.ts';
import { type Entry, move } from './entry.ts';

interface Move {
  readonly from: Account;
  readonly to: Account;
  readonly quantity: number;
  readonly location: LocationId;
}

type Rules = {
  readonly [Type in StockEvent['type']]: (
    data: Extract<StockEvent, { readonly type: Type }>['data'],
  ) => readonly Move[];
};

const RULES: Rules = {
  // Units that were reserved or sold by then went from `available` in the books of their orders.
  StockOpened: ({ available, reserved, sold }) => [arrived(available + reserved + sold, DEFAULT_LOCATION)],
  StockReceived: (data) => [arrived(data.quantity, locationOf(data))],
  StockCorrected: (data) => [arrived(data.quantity, locationOf(data))],
  StockDamaged: (data) => [{ from: 'available', to: 'damaged', quantity: data.quantity, location: locationOf(data) }],
  // The order's book has them as returned since their return was received.
  StockReturned: (data) => [
    {
      from: 'returned',
      to: data.condition === 'damaged' ? 'damaged' : 'available',
      quantity: data.quantity,
      location: locationOf(data),
    },
  ],
  // What left one location came to the other: two moves in one entry.
  StockTransferred: ({ quantity, from, to }) => [arrived(-quantity, from), arrived(quantity, to)],
  // They move nothing.
  StockLimitsSet: () => [],
  StockLow: () => [],
  StockRecovered: () => [],
};

const arrived = (quantity: number, location: LocationId): Move => ({
  from: 'received',
  to: 'available',
  quantity,
  location,
});

/** The entries of the events that the book of the article has none of. @param stream events from the first one on */
export function missingArticleEntries(stream: readonly RecordedStockEvent[], book: Book): readonly Entry[] {
  return stream.flatMap(({ sku, version, type, data }) => {
    if (version <= book.upTo) return [];
    // The table pairs each type with its own data, which the compiler cannot follow through the lookup.
    const rule = RULES[type] as (data: StockEvent['data']) => readonly Move[];
    const postings = rule(data).flatMap(({ from, to, location, quantity }) =>
      move(from, to, articleAt(sku, location), quantity),
    );
    return postings.length === 0 ? [] : [{ of: version, type, postings }];
  });
}
