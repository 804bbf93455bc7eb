import type { Json } from '../../contracts.ts';
import { Branch, type RunBranch } from '../branch.ts';
import type { MapState } from '../definition.ts';
import type { StopSignal } from '../stop-signal.ts';
import type { Visit } from '../visit.ts';

/** Runs the item processor once per item, at most `MaxConcurrency` at a time; the first item that fails stops the others and fails the state. */
export async function runMap(visit: Visit<MapState>, runBranch: RunBranch): Promise<Json> {
  const { state, branch } = visit;
  const items = state.Items === undefined ? visit.input : await visit.fill('Items', state.Items);
  if (!Array.isArray(items)) {
    throw visit.badValue('Items', `The field 'Items' gave ${JSON.stringify(items)}; expected an array.`);
  }
  const limit = (await visit.fillWholeNumber('MaxConcurrency', state.MaxConcurrency ?? 0, 0)) || items.length;

  branch.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  visit.commit();
  const { signal, release } = branch.signal.child();
  const { branches, outputs, work } = processItems(visit, items, signal, runBranch);
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    branch.follow(branches);
    branch.record('MapStateSucceeded');
    return outputs;
  } catch (failure) {
    signal.stop();
    branch.follow(branches);
    branch.record('MapStateFailed');
    throw failure;
  } finally {
    release();
  }
}

/** `work` takes items, one after the other, until none is left; call it as often as items may be worked on at once. */
function processItems(
  visit: Visit<MapState>,
  items: readonly Json[],
  signal: StopSignal,
  runBranch: RunBranch,
): { branches: Branch[]; outputs: Json[]; work: () => Promise<void> } {
  const {
    state,
    name,
    branch: { run, previousId },
  } = visit;
  const branches: Branch[] = [];
  const outputs: Json[] = new Array<Json>(items.length);
  const queue = items.entries();

  const process = async (index: number, value: Json): Promise<void> => {
    const branch = new Branch({
      run,
      signal,
      previousId,
      parent: visit.branch,
      mapContext: { Item: { Index: index, Value: value } },
    });
    branches.push(branch);
    branch.record('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
    try {
      const input =
        state.ItemSelector === undefined ? value : await visit.fill('ItemSelector', state.ItemSelector, { branch });
      outputs[index] = await runBranch(state.ItemProcessor, input, branch);
      branch.record('MapIterationSucceeded', { mapIterationSucceededEventDetails: { name, index } });
    } catch (failure) {
      branch.record('MapIterationFailed', { mapIterationFailedEventDetails: { name, index } });
      throw failure;
    }
  };
  const work = async (): Promise<void> => {
    // All workers share one iterator, so that each item is taken once.
    for (const [index, value] of queue) await process(index, value);
  };
  return { branches, outputs, work };
}
