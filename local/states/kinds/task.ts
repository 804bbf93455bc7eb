import type { Json, JsonObject } from '../../contracts.ts';
import { Halted, type Branch } from '../branch.ts';
import type { TaskState } from '../definition.ts';
import { TaskFailure } from '../failure.ts';
import type { Surroundings } from '../surroundings.ts';

/**
 * One attempt of a Task: calls its integration, for `TimeoutSeconds` at most.
 * @param save journals the attempt before it is made
 */
export async function runTask(
  state: TaskState,
  name: string,
  input: Json,
  branch: Branch,
  around: Surroundings,
  template: (value: Json, field: string) => Promise<Json>,
  save: () => void,
): Promise<Json> {
  const args = state.Arguments === undefined ? input : await template(state.Arguments, 'Arguments');
  const timeoutSeconds = state.TimeoutSeconds === undefined ? undefined : await template(state.TimeoutSeconds, 'TimeoutSeconds');
  if (timeoutSeconds !== undefined && (typeof timeoutSeconds !== 'number' || timeoutSeconds <= 0)) {
    throw new TaskFailure('States.QueryEvaluationError', `TimeoutSeconds of the state '${name}' gave ${JSON.stringify(timeoutSeconds)}; expected a number above 0.`);
  }
  const [resourceType = '', resource = ''] = state.Resource.split(':').slice(-2);
  const about = { resourceType, resource };
  branch.record('TaskScheduled', {
    taskScheduledEventDetails: {
      ...about, region: around.region, parameters: JSON.stringify(args),
      ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    },
  });
  branch.record('TaskStarted', { taskStartedEventDetails: about });
  save();
  try {
    const call = around.integrations[state.Resource]!(args, { executionArn: branch.run.arn, stateName: name, roleArn: around.roleArn });
    const result = await within(timeoutSeconds, call, branch, around, name);
    branch.record('TaskSucceeded', { taskSucceededEventDetails: { ...about, output: JSON.stringify(result) } });
    return result;
  } catch (failure) {
    branch.check();
    if (!(failure instanceof TaskFailure)) throw failure;
    const details: JsonObject = { ...about, error: failure.error, cause: failure.causeText };
    if (failure.error === 'States.Timeout') branch.record('TaskTimedOut', { taskTimedOutEventDetails: details });
    else branch.record('TaskFailed', { taskFailedEventDetails: details });
    throw failure;
  }
}

/** The call's result, or States.Timeout; the call itself cannot be taken back and may still have its effect. */
async function within(seconds: number | undefined, call: Promise<Json>, branch: Branch, { clock }: Surroundings, name: string): Promise<Json> {
  return new Promise<Json>((resolve, reject) => {
    const forget = branch.run.onHalt(() => {
      cancel();
      reject(new Halted());
    });
    const cancel = seconds === undefined ? () => {} : clock.at(clock.now() + seconds * 1_000, () => {
      forget();
      reject(new TaskFailure('States.Timeout', `The state '${name}' did not answer within ${seconds} seconds.`));
    });
    const settle = <Value>(settled: (value: Value) => void) => (value: Value) => {
      cancel();
      forget();
      settled(value);
    };
    call.then(settle(resolve), settle(reject));
  });
}
