import type { Json } from '../contracts.ts';
import type { Branch, RunBranch } from './branch.ts';
import type { Position } from './commit-log.ts';
import { type FallibleState, isDistributed, type Machine, type State } from './definition.ts';
import type { Environment } from './environment.ts';
import { TaskFailure } from './failure.ts';
import { runDistributedMap } from './kinds/distributed-map.ts';
import { choose, fail, timeToWaitFor } from './kinds/flow.ts';
import { runMap } from './kinds/map.ts';
import { runParallel } from './kinds/parallel.ts';
import { runTask } from './kinds/task.ts';
import { recover } from './retry.ts';
import { type Step, Visit } from './visit.ts';

/**
 * Runs a branch of states to its end and resolves to its output.
 * @param from where to go on after a restart; the branch starts at its beginning when absent
 * @throws TaskFailure when a state fails and nothing catches it; Halted when the branch was stopped
 */
export async function runMachine(
  machine: Machine,
  input: Json,
  branch: Branch,
  environment: Environment,
  from?: Position,
): Promise<Json> {
  let step: Step = { output: from?.input ?? input, next: from?.state ?? machine.StartAt };
  let resumed = from;
  while (step.next !== undefined) {
    const state: State = machine.States[step.next]!;
    step = await runState(new Visit(state, step.next, step.output, branch, environment, resumed));
    resumed = undefined;
  }
  return step.output;
}

/** Runs one state to the step that follows it. @throws TaskFailure when it fails and nothing catches it */
export async function runState(visit: Visit): Promise<Step> {
  const { state, input } = visit;
  switch (state.Type) {
    case 'Pass':
      return visit.leave(state, {}, input, state.Next);
    case 'Succeed':
      return visit.leave(state, {}, input, undefined);
    case 'Fail':
      throw await fail(visit.as(state));
    case 'Choice': {
      const { rules, next } = await choose(visit.as(state));
      return visit.leave(rules, {}, input, next);
    }
    case 'Wait':
      await visit.sleepUntil(() => timeToWaitFor(visit.as(state)));
      return visit.leave(state, {}, input, state.Next);
    case 'Task':
    case 'Parallel':
    case 'Map':
      return runFallible(visit.as(state));
  }
}

/** Runs a state that has Retry and Catch, as often as they say. */
async function runFallible(visit: Visit<FallibleState>): Promise<Step> {
  const { state, environment } = visit;
  await visit.finishSleep();
  for (;;) {
    try {
      const result = visit.limited(await attempt(visit));
      return await visit.leave(state, { result }, result, state.Next);
    } catch (failure) {
      if (!(failure instanceof TaskFailure)) throw failure;
      const recovery = recover(state, failure, visit.attempts, environment.generators.random);
      if (recovery.kind !== 'retry') visit.noteFailed(failure);
      if (recovery.kind === 'fail') throw failure;
      if (recovery.kind === 'catch') {
        const errorOutput = failure.output;
        return visit.leave(recovery.catcher, { errorOutput }, errorOutput, recovery.catcher.Next);
      }
      visit.attempts = recovery.attempts;
      visit.branch.startOver();
      environment.countTransition();
      await visit.sleepUntil(() => environment.clock.now() + recovery.delayMs);
    }
  }
}

async function attempt(visit: Visit<FallibleState>): Promise<Json> {
  const { state, environment } = visit;
  const runBranch: RunBranch = (machine, input, branch, from) => runMachine(machine, input, branch, environment, from);
  switch (state.Type) {
    case 'Task':
      return runTask(visit.as(state));
    case 'Parallel':
      return runParallel(visit.as(state), runBranch);
    case 'Map':
      return isDistributed(state) ? runDistributedMap(visit.as(state)) : runMap(visit.as(state), runBranch);
  }
}
