import type { Json } from '../../contracts.ts';
import { Branch } from '../branch.ts';
import type { MapState } from '../definition.ts';
import { batchesOf } from '../map-runs/batches.ts';
import type { PlannedChild } from '../map-runs/store.ts';
import type { Visit } from '../visit.ts';

/** The inputs of all executions of a distributed Map. */
export async function inputsOf(
  visit: Visit<MapState>,
  items: readonly Json[],
): Promise<Pick<PlannedChild, 'input' | 'items'>[]> {
  const { ItemSelector, ItemBatcher } = visit.state;
  const selected: Json[] = [];
  for (const [Index, Value] of items.entries()) {
    selected.push(
      ItemSelector === undefined
        ? Value
        : await visit.fill('ItemSelector', ItemSelector, { branch: inside(visit, Index, Value) }),
    );
  }
  if (!ItemBatcher) return selected.map((item) => ({ input: JSON.stringify(visit.limited(item)), items: 1 }));
  const { MaxItemsPerBatch, MaxInputBytesPerBatch, BatchInput } = ItemBatcher;
  const limit = async (field: string, template: number | string | undefined) =>
    template === undefined ? undefined : visit.fillWholeNumber(`ItemBatcher/${field}`, template, 1);
  return batchesOf(selected, {
    items: await limit('MaxItemsPerBatch', MaxItemsPerBatch),
    bytes: await limit('MaxInputBytesPerBatch', MaxInputBytesPerBatch),
    input: BatchInput === undefined ? undefined : await visit.fillObject('ItemBatcher/BatchInput', BatchInput),
  });
}

/** What an item's fields see. */
const inside = ({ branch }: Visit<MapState>, Index: number, Value: Json): Branch =>
  new Branch({
    run: branch.run,
    signal: branch.signal,
    previousId: branch.previousId,
    parent: branch,
    mapContext: { Item: { Index, Value } },
  });
