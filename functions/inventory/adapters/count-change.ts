/** How a movement changes the counts of an article: in its first shard, with units of the others when those are needed. */
import type { Sku } from '../../shared/kernel/ids.ts';
import { transfersFor, unitsIn } from '../domain/shards.ts';
import { stockUpdate, together, type Units, unitsThatGo } from './stock-moves.ts';
import type { TransactItem } from './transaction.ts';

export interface CountChange {
  readonly changes: Units;
  /** What has to be there of each count before. What orders find may become negative beyond it: then less is there than the safety stock. */
  readonly needed: Units;
  /** Further attributes of the first shard. */
  readonly set: Readonly<Record<string, number | string | undefined>>;
}

/** The change of an article that is not split, or of one from which nothing goes. */
export const wholeUpdate = (table: string, sku: Sku, { changes, needed, set }: CountChange): TransactItem =>
  stockUpdate(table, { sku }, { changes, needed, set, whole: Object.keys(unitsThatGo(changes)).length > 0 });

interface Given {
  readonly changes: Record<string, number>;
  readonly exactly: Record<string, number>;
}

/**
 * The change of an article that is split, as one transaction: as many units as go come into the first shard from the others. While there are
 * enough, no count becomes negative. When there are fewer than the safety stock, nothing stays in another shard, where orders would find it.
 * Undefined when all shards together have too few.
 * @param shards the items of all of them, as they were in one moment
 */
export function splitUpdates(
  table: string,
  sku: Sku,
  shards: readonly Readonly<Record<string, unknown>>[],
  { changes, needed, set }: CountChange,
): readonly TransactItem[] | undefined {
  const coming: Units[] = [];
  const least: Record<string, number> = {};
  const others = shards.map((): Given => ({ changes: {}, exactly: {} }));
  for (const [name, units] of Object.entries(unitsThatGo(changes))) {
    const counts = shards.map((shard) => Number(shard[name] ?? 0));
    const all = counts.reduce((sum, count) => sum + count, 0);
    const must = needed[name] ?? Number.NEGATIVE_INFINITY;
    if (all < must) return undefined;
    const transfers = transfersFor(counts, 0, Math.min(units, all))!;
    coming.push({ [name]: unitsIn(transfers) });
    for (const { from, units: given } of transfers) others[from]!.changes[name] = -given;
    if (must < units && all <= units) {
      for (const [shard, { exactly }] of others.entries()) if (shard > 0) exactly[name] = counts[shard]!;
      if (name in needed) least[name] = must - unitsIn(transfers);
    } else {
      least[name] = units - unitsIn(transfers);
    }
  }
  return [
    stockUpdate(table, { sku }, { changes: together([changes, ...coming]), needed: least, set }),
    ...others.flatMap(({ changes: given, exactly }, shard) => {
      // A write that changes nothing keeps off the others that would change something.
      const unchanged = Object.fromEntries(Object.keys(exactly).map((name) => [name, 0]));
      const all = { ...unchanged, ...given };
      return Object.keys(all).length === 0 ? [] : [stockUpdate(table, { sku, shard }, { changes: all, exactly })];
    }),
  ];
}
