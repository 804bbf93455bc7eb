import type { Json } from '../../contracts.ts';
import type { RunBranch } from '../branch.ts';
import type { ParallelState } from '../definition.ts';
import { InnerBranches } from '../inner-branches.ts';
import type { Visit } from '../visit.ts';

/** Runs all branches at once; the first that fails stops the others and fails the state. */
export async function runParallel(visit: Visit<ParallelState>, runBranch: RunBranch): Promise<Json> {
  const { state, branch } = visit;
  const given = branch.progress?.given ?? (await begin(visit));
  await visit.commit();
  const inner = new InnerBranches(branch, given, state.Branches.length);
  const outputs = await Promise.all(
    state.Branches.map(async (machine, index) => {
      const done = inner.outputOf(index);
      if (done) return done.output;
      const one = inner.open({ index });
      return inner.run(one, (from) => runBranch(machine, given, one, from));
    }),
  );
  inner.succeed('ParallelStateSucceeded');
  return outputs;
}

/** Returns the input of the branches. */
async function begin(visit: Visit<ParallelState>): Promise<Json> {
  const { Arguments } = visit.state;
  const given = Arguments === undefined ? visit.input : await visit.fill('Arguments', Arguments);
  visit.branch.record('ParallelStateStarted');
  return given;
}
