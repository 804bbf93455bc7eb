import type { Json } from '../../contracts.ts';
import { Branch } from '../branch.ts';
import type { PendingMapRun } from '../commit-log.ts';
import type { MapState } from '../definition.ts';
import type { DistributedMaps } from '../environment.ts';
import { TaskFailure } from '../failure.ts';
import { refusalText } from '../map-runs/access.ts';
import { batchesOf } from '../map-runs/batches.ts';
import { childDefinition } from '../map-runs/child-definition.ts';
import type { PlannedChild } from '../map-runs/store.ts';
import { thresholdExceeded } from '../tolerated-failures.ts';
import type { Visit } from '../visit.ts';
import { outcomeOf } from '../waiting.ts';
import { readItems } from './item-reader.ts';
import { itemsOf } from './items.ts';
import { writeResults } from './result-writer.ts';
import { toleratedFailuresOf } from './tolerance.ts';

/** Has each item, or batch of items, processed by an execution of its own. After a restart of the engine it goes on with the executions that it had planned. */
export async function runDistributedMap(visit: Visit<MapState>): Promise<Json> {
  const { state, branch, environment } = visit;
  const { distributed } = environment;
  if (!distributed) {
    throw visit.runtimeFailure('Only executions of STANDARD state machines can have a distributed Map.');
  }
  const left = visit.takePending<PendingMapRun>();
  const given = left || state.ItemReader ? undefined : await itemsOf(visit);
  const { mapRunArn, startedId } = left ?? (await begin(visit, distributed, given?.length ?? 0));
  branch.inner = {
    abort(failedId) {
      distributed.runs.abort(mapRunArn);
      branch.run.record(failedId, 'MapRunAborted', {});
    },
  };
  try {
    await plan(visit, distributed, mapRunArn, given);
    const run = distributed.runs.run(mapRunArn, { definition: childDefinition(state), roleArn: environment.roleArn });
    const outcome = await outcomeOf(run, branch.signal, environment.clock, []);
    const result = await writeResults(visit, distributed, mapRunArn);
    if (outcome === 'FAILED') throw thresholdExceeded();
    distributed.runs.end(mapRunArn, 'SUCCEEDED');
    branch.record('MapRunSucceeded');
    branch.recordAside('MapStateSucceeded');
    // As AWS was recorded since the end of 2024.
    branch.follow(startedId);
    return result;
  } catch (failure) {
    if (!(failure instanceof TaskFailure)) throw failure;
    distributed.runs.end(mapRunArn, 'FAILED');
    branch.record('MapRunFailed', { mapRunFailedEventDetails: failure.named });
    throw failure;
  } finally {
    branch.inner = undefined;
  }
}

async function plan(
  visit: Visit<MapState>,
  { runs, access, machineArn }: DistributedMaps,
  mapRunArn: string,
  given: readonly Json[] | undefined,
): Promise<void> {
  if (runs.isPlanned(mapRunArn)) return;
  try {
    access.checkStart(machineArn);
  } catch (error) {
    throw new TaskFailure('States.Permissions', refusalText(error));
  }
  const { state } = visit;
  const items = given ?? (state.ItemReader ? await readItems(visit, state.ItemReader, access) : await itemsOf(visit));
  runs.plan(mapRunArn, isExpress(state), await inputsOf(visit, items));
}

const isExpress = ({ ItemProcessor }: MapState): boolean => ItemProcessor.ProcessorConfig?.ExecutionType === 'EXPRESS';

async function begin(
  visit: Visit<MapState>,
  { runs, machineArn }: DistributedMaps,
  length: number,
): Promise<PendingMapRun> {
  const { state, branch } = visit;
  const maxConcurrency = await visit.fillWholeNumber('MaxConcurrency', state.MaxConcurrency ?? 0, 0);
  branch.record('MapStateStarted', { mapStateStartedEventDetails: { length } });
  const tolerated = await toleratedFailuresOf(visit);
  const mapRunArn = runs.begin({
    executionArn: branch.run.arn,
    machineArn,
    label: state.Label,
    maxConcurrency,
    toleratedFailureCount: tolerated?.count ?? null,
    toleratedFailurePercentage: tolerated?.percentage ?? null,
  });
  branch.record('MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  const pending = { mapRunArn, startedId: branch.previousId };
  await visit.commit(pending);
  return pending;
}

/** The inputs of all executions. */
async function inputsOf(
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
