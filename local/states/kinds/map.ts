import type { Json } from '../../contracts.ts';
import { Branch } from '../branch.ts';
import type { MapState } from '../definition.ts';
import { evaluate } from '../expressions.ts';
import { TaskFailure } from '../failure.ts';
import type { RunInner } from '../surroundings.ts';

/** Runs the item processor once per item, at most `MaxConcurrency` at a time, and collects the outputs in order. */
export async function runMap(
  state: MapState,
  name: string,
  input: Json,
  branch: Branch,
  template: (value: Json, field: string) => Promise<Json>,
  runInner: RunInner,
): Promise<Json> {
  const items = state.Items === undefined ? input : await template(state.Items, 'Items');
  if (!Array.isArray(items)) throw new TaskFailure('States.QueryEvaluationError', `Items of the state '${name}' gave ${JSON.stringify(items)}; expected an array.`);
  const limit = state.MaxConcurrency === undefined ? 0 : Number(await template(state.MaxConcurrency, 'MaxConcurrency'));
  const tolerated = Math.max(state.ToleratedFailureCount ?? 0, Math.floor(((state.ToleratedFailurePercentage ?? 0) / 100) * items.length));

  branch.record('MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const started = branch.previousId;
  const lines: Branch[] = [];
  const outputs: Json[] = [];
  let failures = 0;
  let next = 0;

  const iterate = async (index: number): Promise<void> => {
    const value = items[index]!;
    const line = new Branch(branch.run, started, { parent: branch, mapContext: { Item: { Index: index, Value: value } } });
    lines.push(line);
    const about = { name, index };
    line.record('MapIterationStarted', { mapIterationStartedEventDetails: about });
    const itemInput = state.ItemSelector === undefined ? value : await evaluate(state.ItemSelector, line.bindings(name, { input }), `the field 'ItemSelector' of the state '${name}'`);
    try {
      outputs[index] = await runInner(state.ItemProcessor, itemInput, line);
      line.record('MapIterationSucceeded', { mapIterationSucceededEventDetails: about });
    } catch (failure) {
      branch.check();
      line.record('MapIterationFailed', { mapIterationFailedEventDetails: about });
      failures += 1;
      if (!(failure instanceof TaskFailure) || failures > tolerated) throw failure;
      outputs[index] = { Error: failure.error, Cause: failure.causeText };
    }
  };
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      await iterate(index);
    }
  };

  try {
    await Promise.all(Array.from({ length: Math.min(limit || items.length, items.length) }, worker));
  } catch (failure) {
    for (const line of lines) line.cancel();
    branch.record('MapStateFailed');
    throw failure;
  }
  branch.previousId = Math.max(started, ...lines.map((line) => line.previousId));
  branch.record('MapStateSucceeded');
  return outputs;
}
