import type { Json } from '../../contracts.ts';
import { Branch, type RunBranch } from '../branch.ts';
import type { ParallelState } from '../definition.ts';
import type { Visit } from '../visit.ts';

/** Runs all branches at once; the first that fails stops the others and fails the state. */
export async function runParallel(visit: Visit<ParallelState>, runBranch: RunBranch): Promise<Json> {
  const { state, branch } = visit;
  const input = state.Arguments === undefined ? visit.input : await visit.fill('Arguments', state.Arguments);
  branch.record('ParallelStateStarted');
  visit.commit();
  const { signal, release } = branch.signal.child();
  const branches = state.Branches.map(
    () => new Branch({ run: branch.run, signal, previousId: branch.previousId, parent: branch }),
  );
  try {
    const outputs = await Promise.all(
      state.Branches.map((machine, index) => runBranch(machine, input, branches[index]!)),
    );
    branch.follow(branches);
    branch.record('ParallelStateSucceeded');
    return outputs;
  } catch (failure) {
    signal.stop();
    branch.follow(branches);
    branch.record('ParallelStateFailed');
    throw failure;
  } finally {
    release();
  }
}
