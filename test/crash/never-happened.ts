/** What a run of the crash test was to bring about and never did: what was not tried, it does not prove. */
import type { Kind } from '../fault/load.ts';

/** Ends that this many orders could have come to, some of them must have come to. */
const ENOUGH_CHANCES = 200;
/** From so many orders on, some have waited for goods, some were sent in part, and some got goods from several locations. */
const ENOUGH_ORDERS = 2_000;

const PROMISED_ENDS = [
  'processing',
  'shipped',
  'delivered',
  'refunded',
  'cancelled, address_refused',
  'cancelled, customer_request',
  'cancelled, out_of_stock',
  'cancelled, payment_declined',
  'cancelled, payment_not_made',
  'cancelled, rejected',
];

/**
 * @param kinds of every order that was accepted
 * @param ends how many orders came to each end, such as `processing` or `cancelled, out_of_stock`
 * @param goods how many orders met each kind of shortage
 * @returns a sentence for each thing that never happened
 */
export function neverHappened(
  kinds: readonly Kind[],
  ends: Readonly<Record<string, number>>,
  goods: Readonly<Record<string, number>>,
): string[] {
  const chances = Map.groupBy(kinds.flatMap(endsOf), (end) => end);
  const missedEnds = PROMISED_ENDS.filter((end) => !ends[end]).flatMap((end) => {
    const count = chances.get(end)?.length ?? 0;
    return count >= ENOUGH_CHANCES ? [`none of ${count} orders that could have been was: ${end}`] : [];
  });
  if (kinds.length < ENOUGH_ORDERS) return missedEnds;
  const missedGoods = Object.entries(goods).filter(([, count]) => count === 0);
  return [...missedEnds, ...missedGoods.map(([what]) => `no order had this shortage: ${what}`)];
}

const endsOf = ({ ends = ['processing'], reasons = [] }: Kind): string[] =>
  ends.flatMap((end) => (end === 'cancelled' ? reasons.map((reason) => `cancelled, ${reason}`) : [end]));
