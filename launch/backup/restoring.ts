/** Brings the items of a backup back into one table. */
import type { Item } from './items.ts';
import { READ_TOGETHER, type StoredTable } from './table.ts';

export interface Compared {
  /** How many items the backup has. */
  readonly items: number;
  /** How many of them are not in the table. */
  readonly missing: number;
  /** How many are there with other attributes. */
  readonly other: number;
  /** How many the table has that the backup has not. */
  readonly newer: number;
}

interface RestoreOptions {
  /** Writes nothing. */
  readonly dryRun: boolean;
  /** Makes the table just as the backup has it: what is other is replaced, what is newer is deleted. @default only what is missing is put */
  readonly replace: boolean;
}

/**
 * Compares, and puts back. An item that is there as the backup has it is not written: nobody is told of it again. The first event of a stream comes
 * last: a saga that starts because of it finds all that was done before, and does nothing of it again.
 * @param read reads all items of the backup, in any order
 */
export async function restore(
  table: StoredTable,
  read: () => AsyncIterable<Item>,
  { dryRun, replace }: RestoreOptions,
): Promise<Compared> {
  const known = new Set<string>();
  const counts = { items: 0, missing: 0, other: 0, newer: 0 };
  for (const isWanted of [(item: Item) => !table.isFirst(item), (item: Item) => table.isFirst(item)]) {
    for await (const batch of inBatches(read(), READ_TOGETHER, isWanted)) {
      for (const item of batch) known.add(table.keyOf(item));
      const { missing, other } = await table.differing(batch);
      counts.items += batch.length;
      counts.missing += missing.length;
      counts.other += other.length;
      if (!dryRun) await table.put(replace ? [...missing, ...other] : missing);
    }
  }
  const newer: Item[] = [];
  for await (const item of table.items()) {
    if (known.has(table.keyOf(item))) continue;
    counts.newer += 1;
    if (replace && !dryRun) newer.push(item);
  }
  await table.delete(newer);
  return counts;
}

async function* inBatches<Value>(
  values: AsyncIterable<Value>,
  size: number,
  isWanted: (value: Value) => boolean,
): AsyncIterable<readonly Value[]> {
  let batch: Value[] = [];
  for await (const value of values) {
    if (isWanted(value)) batch.push(value);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
