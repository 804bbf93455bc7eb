import type { Json, JsonObject } from '../../contracts.ts';
import type { Branch, RunBranch } from '../branch.ts';
import type { Position } from '../commit-log.ts';
import type { MapState } from '../definition.ts';
import type { TaskFailure } from '../failure.ts';
import { InnerBranches } from '../inner-branches.ts';
import { type ToleratedFailures, thresholdExceeded, tooManyFailed } from '../tolerated-failures.ts';
import type { Visit } from '../visit.ts';
import { itemsOf } from './items.ts';
import { toleratedFailuresOf } from './tolerance.ts';

/**
 * Runs the item processor once per item, at most `MaxConcurrency` at a time. The first item whose failure is not tolerated stops the others and fails
 * the state.
 */
export async function runMap(visit: Visit<MapState>, runBranch: RunBranch): Promise<Json> {
  const { state, branch } = visit;
  const left = branch.progress;
  const items = left ? (left.given as Json[]) : await itemsOf(visit);
  const limit = (await visit.fillWholeNumber('MaxConcurrency', state.MaxConcurrency ?? 0, 0)) || items.length;
  if (!left) branch.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const tolerate = tolerance(await toleratedFailuresOf(visit), items.length);
  await visit.commit();
  const inner = new InnerBranches(branch, items, items.length);
  const outputs = new Array<Json>(items.length);
  const queue = items.entries();
  const work = async (): Promise<void> => {
    let last: Branch | undefined;
    // All workers share one iterator, so that each item is taken once.
    for (const [index, value] of queue) {
      const done = inner.outputOf(index);
      if (done) {
        outputs[index] = done.output;
        continue;
      }
      const one = inner.open({ index, item: { name: visit.name, value, after: last } });
      last = one;
      const work = (from: Position | undefined) => processItem(visit, value, one, runBranch, from);
      outputs[index] = await inner.run(one, work, tolerate);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  inner.succeed('MapStateSucceeded');
  return outputs;
}

/** What stands in the state's result for an item that failed. It throws what fails the state. */
function tolerance(tolerated: ToleratedFailures | undefined, items: number): (failure: TaskFailure) => JsonObject {
  let failed = 0;
  return (failure) => {
    failed += 1;
    if (!tolerated) throw failure;
    if (tooManyFailed(tolerated, failed, items)) throw thresholdExceeded();
    return { Status: 'FAILED', ...failure.output };
  };
}

/** @param from where it goes on after a redrive */
async function processItem(
  visit: Visit<MapState>,
  value: Json,
  branch: Branch,
  runBranch: RunBranch,
  from: Position | undefined,
): Promise<Json> {
  const { ItemSelector, ItemProcessor } = visit.state;
  // Items that are worked on at once are all started before the first of them goes on.
  const input = await (from || ItemSelector === undefined
    ? value
    : visit.fill('ItemSelector', ItemSelector, { branch }));
  return runBranch(ItemProcessor, input, branch, from);
}
