import type { Json } from '../../contracts.ts';
import type { PendingMapRun } from '../commit-log.ts';
import type { MapState } from '../definition.ts';
import type { DistributedMaps } from '../environment.ts';
import { TaskFailure } from '../failure.ts';
import { refusalText } from '../map-runs/access.ts';
import { childDefinition } from '../map-runs/child-definition.ts';
import { thresholdExceeded } from '../tolerated-failures.ts';
import type { Visit } from '../visit.ts';
import { outcomeOf } from '../waiting.ts';
import { inputsOf } from './item-inputs.ts';
import { readItems } from './item-reader.ts';
import { itemsOf } from './items.ts';
import { writeResults } from './result-writer.ts';
import { toleratedFailuresOf } from './tolerance.ts';

/** Of one map run. */
const MAX_REDRIVES = 1_000;

/** Has each item, or batch of items, processed by an execution of its own. After a restart of the engine it goes on with the executions that it had planned. */
export async function runDistributedMap(visit: Visit<MapState>): Promise<Json> {
  const { state, branch, environment } = visit;
  const { distributed } = environment;
  if (!distributed) {
    throw visit.runtimeFailure('Only executions of STANDARD state machines can have a distributed Map.');
  }
  const left = await leftOf(visit, distributed);
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
    if (failure.error === 'States.Runtime') branch.startOver();
    distributed.runs.end(mapRunArn, 'FAILED');
    branch.record('MapRunFailed', { mapRunFailedEventDetails: failure.named });
    throw failure;
  } finally {
    branch.inner = undefined;
  }
}

/** The run that the state goes on with, after a restart of the engine or a redrive; undefined when it begins one. */
async function leftOf(visit: Visit<MapState>, { runs, access }: DistributedMaps): Promise<PendingMapRun | undefined> {
  const left = visit.takePending<PendingMapRun>();
  if (!left) return undefined;
  const { mapRunArn, isToBeRedriven, redriveCount = 0 } = left;
  if (isToBeRedriven && !runs.isRedrivable(mapRunArn)) return undefined;
  const { machineArn, ...run } = runs.store.find(mapRunArn)!;
  if (isToBeRedriven) {
    permitted(() => access.checkRedrive(machineArn));
    const most = `The Map Run has been redriven ${MAX_REDRIVES} times.`;
    if (redriveCount >= MAX_REDRIVES) throw visit.runtimeFailure(most);
  }
  const pending = isToBeRedriven ? await noteRedriven(visit, mapRunArn, redriveCount + 1) : left;
  // After a kill in between, only the event is there.
  if (run.redriveCount < (pending.redriveCount ?? 0)) runs.redrive(mapRunArn);
  return pending;
}

function noteRedriven(visit: Visit<MapState>, mapRunArn: string, redriveCount: number): Promise<PendingMapRun> {
  visit.branch.record('MapRunRedriven', { mapRunRedrivenEventDetails: { mapRunArn, redriveCount } });
  return follow(visit, { mapRunArn, startedId: visit.branch.previousId, redriveCount });
}

/** Notes the run that the state waits for. */
async function follow(visit: Visit<MapState>, pending: PendingMapRun): Promise<PendingMapRun> {
  visit.branch.standing = { ...visit.branch.standing!, mapRun: pending };
  await visit.commit(pending);
  return pending;
}

function permitted(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new TaskFailure('States.Permissions', refusalText(error));
  }
}

async function plan(
  visit: Visit<MapState>,
  { runs, access, machineArn }: DistributedMaps,
  mapRunArn: string,
  given: readonly Json[] | undefined,
): Promise<void> {
  if (runs.isPlanned(mapRunArn)) return;
  permitted(() => access.checkStart(machineArn));
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
  return follow(visit, { mapRunArn, startedId: branch.previousId });
}
