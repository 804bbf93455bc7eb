import type { Json } from '../../contracts.ts';
import { Branch } from '../branch.ts';
import type { ParallelState } from '../definition.ts';
import type { RunInner } from '../interpreter.ts';
import type { Visit } from '../visit.ts';

/** Runs all branches at once; the first that fails stops the others and fails the state. */
export async function runParallel(visit: Visit<ParallelState>, runInner: RunInner): Promise<Json> {
  const { state, line } = visit;
  const input = state.Arguments === undefined ? visit.input : await visit.fill('Arguments', state.Arguments);
  line.record('ParallelStateStarted');
  visit.commit();
  const { signal, release } = line.signal.child();
  const lines = state.Branches.map(
    () => new Branch({ run: line.run, signal, previousId: line.previousId, parent: line }),
  );
  try {
    const outputs = await Promise.all(state.Branches.map((machine, index) => runInner(machine, input, lines[index]!)));
    line.follow(lines);
    line.record('ParallelStateSucceeded');
    return outputs;
  } catch (failure) {
    signal.stop();
    line.follow(lines);
    line.record('ParallelStateFailed');
    throw failure;
  } finally {
    release();
  }
}
