import type { Json, JsonObject } from '../../contracts.ts';
import type { PlannedChild } from './store.ts';

/** As much as one execution may get as its input, in bytes. */
const MAX_BYTES = 256 * 1024;

export interface BatchLimits {
  readonly items: number | undefined;
  readonly bytes: number | undefined;
  /** What each batch gets beside its items. */
  readonly input: JsonObject | undefined;
}

/** The inputs of executions that process several items each, as many as fit. An item that is too large alone has a batch of its own. */
export function batchesOf(
  items: readonly Json[],
  { items: mostItems = Number.POSITIVE_INFINITY, bytes: mostBytes = MAX_BYTES, input }: BatchLimits,
): Pick<PlannedChild, 'input' | 'items'>[] {
  const around = JSON.stringify({ ...(input ? { BatchInput: input } : {}), Items: [] });
  const limit = Math.min(mostBytes, MAX_BYTES) - Buffer.byteLength(around);
  const batches: string[][] = [];
  let bytes = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    // With the comma before it.
    const size = Buffer.byteLength(text) + 1;
    const batch = batches.at(-1);
    if (batch && batch.length < mostItems && bytes + size <= limit + 1) {
      batch.push(text);
      bytes += size;
    } else {
      batches.push([text]);
      bytes = size;
    }
  }
  return batches.map((batch) => ({ input: `${around.slice(0, -2)}${batch.join(',')}]}`, items: batch.length }));
}
