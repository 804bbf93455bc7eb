import type { Json } from '../../contracts.ts';
import { Branch } from '../branch.ts';
import type { MapState } from '../definition.ts';
import type { RunInner } from '../interpreter.ts';
import type { StopSignal } from '../stop-signal.ts';
import type { Visit } from '../visit.ts';

/** Runs the item processor once per item, at most `MaxConcurrency` at a time; the first item that fails stops the others and fails the state. */
export async function runMap(visit: Visit<MapState>, runInner: RunInner): Promise<Json> {
  const { state, line } = visit;
  const items = state.Items === undefined ? visit.input : await visit.fill('Items', state.Items);
  if (!Array.isArray(items)) {
    throw visit.badValue('Items', `The field 'Items' gave ${JSON.stringify(items)}; expected an array.`);
  }
  const limit = (await visit.fillWholeNumber('MaxConcurrency', state.MaxConcurrency ?? 0, 0)) || items.length;

  line.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  visit.commit();
  const { signal, release } = line.signal.child();
  const { lines, outputs, work } = processItems(visit, items, signal, runInner);
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
    line.follow(lines);
    line.record('MapStateSucceeded');
    return outputs;
  } catch (failure) {
    signal.stop();
    line.follow(lines);
    line.record('MapStateFailed');
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
  runInner: RunInner,
): { lines: Branch[]; outputs: Json[]; work: () => Promise<void> } {
  const {
    state,
    name,
    line: { run, previousId },
  } = visit;
  const lines: Branch[] = [];
  const outputs: Json[] = new Array<Json>(items.length);
  const queue = items.entries();

  const process = async (index: number, value: Json): Promise<void> => {
    const line = new Branch({
      run,
      signal,
      previousId,
      parent: visit.line,
      mapContext: { Item: { Index: index, Value: value } },
    });
    lines.push(line);
    line.record('MapIterationStarted', { mapIterationStartedEventDetails: { name, index } });
    try {
      const input =
        state.ItemSelector === undefined ? value : await visit.fill('ItemSelector', state.ItemSelector, { line });
      outputs[index] = await runInner(state.ItemProcessor, input, line);
      line.record('MapIterationSucceeded', { mapIterationSucceededEventDetails: { name, index } });
    } catch (failure) {
      line.record('MapIterationFailed', { mapIterationFailedEventDetails: { name, index } });
      throw failure;
    }
  };
  const work = async (): Promise<void> => {
    // One iterator for all who work: each item is taken once.
    for (const [index, value] of queue) await process(index, value);
  };
  return { lines, outputs, work };
}
