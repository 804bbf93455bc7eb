import type { Json } from '../../contracts.ts';
import { Branch } from '../branch.ts';
import type { ParallelState } from '../definition.ts';
import type { RunInner } from '../surroundings.ts';

/** Runs all branches at once; the first that fails stops the others and fails the state. */
export async function runParallel(state: ParallelState, input: Json, branch: Branch, runInner: RunInner): Promise<Json> {
  branch.record('ParallelStateStarted');
  const started = branch.previousId;
  const branches = state.Branches.map((machine) => ({ machine, line: new Branch(branch.run, started, { parent: branch }) }));
  try {
    const outputs = await Promise.all(branches.map(({ machine, line }) => runInner(machine, input, line)));
    branch.previousId = Math.max(...branches.map(({ line }) => line.previousId));
    branch.record('ParallelStateSucceeded');
    return outputs;
  } catch (failure) {
    for (const { line } of branches) line.cancel();
    branch.record('ParallelStateFailed');
    throw failure;
  }
}
