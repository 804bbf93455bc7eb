/**
 * An article that many orders want at once lies in several items, its shards, so that they do not all wait for one. Pure.
 * See docs/decisions/0110-a-popular-article-lies-in-several-items.md.
 */
import type { OrderId } from '../../shared/kernel/ids.ts';

/** An article is split into four times as many shards, while its orders keep meeting. */
export const SPLIT_BY = 4;
/** With so many, thousands of orders a second can be for one article. */
export const MOST_SHARDS = 16;
/** With fewer units in each shard, orders would find theirs empty before they met. */
const FEWEST_UNITS = 4;
/** One in so many of the orders that keep meeting others splits the article, or splitting would be what they meet at. */
const SPLITTERS = 4;

/** Ids of orders end in digits that are as good as random. */
const numberOf = (orderId: OrderId): number => Number.parseInt(orderId.slice(-8), 16);

/** The shard that an order takes its units from; another one at each attempt, as far as there are several. */
export const shardFor = (orderId: OrderId, shards: number, attempt: number): number =>
  (numberOf(orderId) + attempt) % shards;

/** Whether the order may split an article at which it has met others again and again. */
export const isSplitter = (orderId: OrderId): boolean => numberOf(orderId) % SPLITTERS === 0;

/**
 * How an article of so many shards is split: how many it has afterwards, and what each new one gets of the first one's units.
 * Undefined when it stays as it is, because it has all shards or too few units.
 * @param available in the first shard, by location; where there are too few units, all of them stay in it
 */
export function splitOf<Location>(shards: number, available: ReadonlyMap<Location, number>, most = MOST_SHARDS) {
  const after = Math.min(most, shards * SPLIT_BY);
  const shares = [...available]
    .map(([location, units]) => [location, Math.floor(units / after)] as const)
    .filter(([, share]) => share >= FEWEST_UNITS);
  return after > shards && shares.length > 0 ? { after, shares } : undefined;
}

/** Units that go from this shard to another one of the same article. */
export interface Transfer {
  readonly from: number;
  readonly units: number;
}

export const unitsIn = (transfers: readonly Transfer[]): number => transfers.reduce((sum, { units }) => sum + units, 0);

/**
 * What has to be brought into shard `to` so that it has `wanted` units; undefined when all shards together have fewer. The richest
 * shard gives what is missing and a share of what it keeps, so that the next orders find theirs filled; if it has too few itself, several
 * give what they have.
 * @param units what each shard has
 */
export function transfersFor(units: readonly number[], to: number, wanted: number): readonly Transfer[] | undefined {
  if (units.reduce((sum, each) => sum + each, 0) < wanted) return undefined;
  let missing = wanted - (units[to] ?? 0);
  if (missing <= 0) return [];
  const others = units.map((_, index) => (to + 1 + index) % units.length).filter((shard) => shard !== to);
  const richest = others.reduce((best, shard) => (units[shard]! > units[best]! ? shard : best), others[0]!);
  const rest = units[richest]! - missing;
  if (rest >= 0) return [{ from: richest, units: missing + Math.floor(rest / units.length) }];
  const transfers: Transfer[] = [];
  for (const from of others) {
    const given = Math.min(units[from]!, missing);
    if (given <= 0) continue;
    transfers.push({ from, units: given });
    missing -= given;
  }
  return transfers;
}
