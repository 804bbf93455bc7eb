import type { Json } from '../../contracts.ts';
import type { RunBranch } from '../branch.ts';
import type { ParallelState } from '../definition.ts';
import { InnerBranches } from '../inner-branches.ts';
import type { Visit } from '../visit.ts';

/** Runs all branches at once; the first that fails stops the others and fails the state. */
export async function runParallel(visit: Visit<ParallelState>, runBranch: RunBranch): Promise<Json> {
  const { state, branch } = visit;
  const input = state.Arguments === undefined ? visit.input : await visit.fill('Arguments', state.Arguments);
  branch.record('ParallelStateStarted');
  await visit.commit();
  const inner = new InnerBranches(branch);
  const outputs = await Promise.all(
    state.Branches.map((machine) => {
      const one = inner.open();
      return inner.run(one, () => runBranch(machine, input, one));
    }),
  );
  inner.succeed('ParallelStateSucceeded');
  return outputs;
}
