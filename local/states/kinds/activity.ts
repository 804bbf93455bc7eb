import { present } from '../../properties.ts';
import type { PendingTask } from '../commit-log.ts';
import type { TaskState } from '../definition.ts';
import { TaskFailure } from '../failure.ts';
import { TaskEvents } from '../task-events.ts';
import type { Visit } from '../visit.ts';
import { outcomeOf } from '../waiting.ts';

/** @throws TaskFailure `States.Runtime`, which no Catch sees, for an activity that does not exist */
export function checkActivity({ state, name, branch, environment }: Visit<TaskState>): void {
  if (environment.activities.find(state.Resource)) return;
  throw new TaskFailure(
    'States.Runtime',
    `An error occurred while executing the state '${name}' (entered at the event id #${branch.previousId}). ` +
      `The activity ${state.Resource} does not exist.`,
  );
}

/**
 * Offers a task to the workers of its activity until one takes it; the time for its answer begins then.
 * @returns how the task goes on
 */
export async function taken(visit: Visit<TaskState>, { token, offered }: PendingTask): Promise<PendingTask> {
  const { state, branch, environment } = visit;
  const { activities, clock } = environment;
  if (!offered) throw new Error(`The task of ${visit.name} has been taken.`);
  const { input, timeout } = offered;
  let withdraw = () => {};
  const pending = new Promise<PendingTask>((resolve) => {
    withdraw = activities.offer(state.Resource, {
      token,
      input,
      async taken(workerName) {
        new TaskEvents(branch, state.Resource).started(workerName);
        const timeoutAt = timeout === undefined ? undefined : clock.now() + timeout * 1_000;
        const next = { token, ...present({ timeoutAt }) };
        await visit.commit(next);
        resolve(next);
      },
    });
  });
  try {
    return await outcomeOf(pending, branch.signal, clock, []);
  } finally {
    withdraw();
  }
}
