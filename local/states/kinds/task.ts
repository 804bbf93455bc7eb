import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import { present } from '../../properties.ts';
import type { PendingTask } from '../commit-log.ts';
import type { TaskState } from '../definition.ts';
import { heartbeatMissed, TaskFailure } from '../failure.ts';
import type { Visit } from '../visit.ts';
import { outcomeOf } from '../waiting.ts';

const TOKEN_SUFFIX = '.waitForTaskToken';

/** The integration that a `Resource` names, whether or not it waits for a token. */
export const integrationOf = (resource: string): string =>
  resource.endsWith(TOKEN_SUFFIX) ? resource.slice(0, -TOKEN_SUFFIX.length) : resource;

/** What a call of the task needs, out of the state's fields. */
interface TaskCall {
  readonly args: Json;
  readonly token: string | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** One attempt of a Task: calls its integration, and waits for its answer, or for an answer with the task's token. */
export async function runTask(visit: Visit<TaskState>): Promise<Json> {
  const heartbeat = await optionalNumber(visit, 'HeartbeatSeconds');
  const pending = visit.takePending();
  if (pending) return noted(visit, pending.token, () => answer(visit, pending, heartbeat));
  const { state, branch, environment } = visit;
  const token = state.Resource.endsWith(TOKEN_SUFFIX) ? environment.tokens.issue(branch.run.arn) : undefined;
  const args =
    state.Arguments === undefined ? visit.input : await visit.fill('Arguments', state.Arguments, { taskToken: token });
  const timeout = await optionalNumber(visit, 'TimeoutSeconds');
  return noted(visit, token, () => call(visit, { args, token, timeout, heartbeat }));
}

async function optionalNumber(
  visit: Visit<TaskState>,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Promise<number | undefined> {
  const template = visit.state[field];
  return template === undefined ? undefined : visit.fillWholeNumber(field, template, 1);
}

/** Does the work and notes in the history how it ended. */
async function noted(visit: Visit<TaskState>, token: string | undefined, work: () => Promise<Json>): Promise<Json> {
  const { branch, environment } = visit;
  const about = resourceOf(visit);
  try {
    const result = visit.limited(await work(), about.resourceType);
    branch.record('TaskSucceeded', { taskSucceededEventDetails: { ...about, output: JSON.stringify(result) } });
    return result;
  } catch (failure) {
    if (!(failure instanceof TaskFailure)) {
      if (token !== undefined && branch.abandoned) environment.tokens.drop(token);
      throw failure;
    }
    const details: JsonObject = { ...about, ...failure.named };
    if (failure.error === 'States.Timeout') {
      branch.record('TaskTimedOut', { taskTimedOutEventDetails: details });
    } else branch.record('TaskFailed', { taskFailedEventDetails: details });
    if (token !== undefined) environment.tokens.close(token, failure);
    throw failure;
  }
}

async function call(visit: Visit<TaskState>, { args, token, timeout, heartbeat }: TaskCall): Promise<Json> {
  const { branch, environment } = visit;
  const about = resourceOf(visit);
  branch.record('TaskScheduled', {
    taskScheduledEventDetails: {
      ...about,
      region: environment.region,
      parameters: JSON.stringify(args),
      ...present({ timeoutInSeconds: timeout, heartbeatInSeconds: heartbeat }),
    },
  });
  branch.record('TaskStarted', { taskStartedEventDetails: about });
  await visit.commit();
  const timeoutAt = timeout === undefined ? undefined : environment.clock.now() + timeout * 1_000;
  const result = await outcomeOf(integrate(visit, args), branch.signal, environment.clock, [
    { atMs: timeoutAt, error: timedOut },
  ]);
  if (token === undefined) return result;
  branch.record('TaskSubmitted', { taskSubmittedEventDetails: { ...about, output: JSON.stringify(result) } });
  const pending = { token, ...present({ timeoutAt }) };
  await visit.commit(pending);
  return answer(visit, pending, heartbeat);
}

/** @throws TaskFailure for whatever the integration throws, also at once */
async function integrate({ state, name, branch, environment }: Visit<TaskState>, args: Json): Promise<Json> {
  const integration = environment.integrations[integrationOf(state.Resource)]!;
  try {
    return await integration(args, {
      executionArn: branch.run.arn,
      stateName: name,
      roleArn: environment.roleArn,
      generators: environment.generators,
    });
  } catch (error) {
    throw asFailure(error);
  }
}

/** The answer with the token, within the state's timeout and with heartbeats as the state demands them. */
function answer(
  { branch, environment: { tokens, clock } }: Visit<TaskState>,
  { token, timeoutAt }: PendingTask,
  heartbeat: number | undefined,
): Promise<Json> {
  const nextBeat = () => clock.now() + (heartbeat ?? 0) * 1_000;
  return outcomeOf(tokens.answerTo(token), branch.signal, clock, [
    { atMs: timeoutAt, error: timedOut },
    {
      atMs: heartbeat === undefined ? undefined : nextBeat(),
      error: heartbeatMissed,
      movedBy: (move) => tokens.onHeartbeat(token, () => move(nextBeat())),
    },
  ]);
}

/** The last two parts of the `Resource`: the service and what is called there. */
function resourceOf({ state }: Visit<TaskState>): { readonly resourceType: string; readonly resource: string } {
  const [resourceType = '', resource = ''] = state.Resource.split(':').slice(-2);
  return { resourceType, resource };
}

const timedOut = (): TaskFailure => new TaskFailure('States.Timeout', '');

/** An integration throws a TaskFailure; anything else is the service's refusal or a defect. */
function asFailure(error: unknown): TaskFailure {
  if (error instanceof TaskFailure) return error;
  if (error instanceof AwsError) {
    return new TaskFailure(error.code === 'AccessDeniedException' ? 'States.Permissions' : error.code, error.message);
  }
  return new TaskFailure('States.Runtime', error instanceof Error ? error.message : String(error));
}
