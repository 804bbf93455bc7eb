import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { type Book, balancesOf } from './book.ts';
import { Balances, type Entry, type Posting, unbalanced } from './entry.ts';
import { UnbalancedEntry } from './errors.ts';
import { MONEY_RULES, type Rule } from './money-postings.ts';
import { STOCK_RULES } from './stock-postings.ts';

/**
 * The entries of the events that the book of the order has none of. The same stream gives the same entries, in whatever steps it is booked.
 * @param stream all events of the order
 * @throws UnbalancedEntry when a rule moves what comes from nowhere: a defect
 */
export function missingEntries(stream: readonly RecordedOrderEvent[], book: Book): readonly Entry[] {
  const balances = balancesOf(book);
  return stream.flatMap((event, index) => {
    if (event.version <= book.upTo) return [];
    const before = { balances, events: stream.slice(0, Math.max(1, index)) };
    const postings = summed(
      [MONEY_RULES, STOCK_RULES].flatMap((rules) => {
        // The table pairs each type with its own data, which the compiler cannot follow through the lookup.
        const rule = rules[event.type] as Rule<never> | undefined;
        return rule?.(event.data as never, before) ?? [];
      }),
    );
    if (postings.length === 0) return [];
    const wrong = unbalanced(postings);
    if (wrong.length > 0) throw new UnbalancedEntry(event, wrong);
    for (const posting of postings) balances.add(posting);
    return [{ of: event.version, type: event.type, postings }];
  });
}

/** One posting for each account and unit. */
const summed = (postings: readonly Posting[]): readonly Posting[] => new Balances(postings).all();
