import { AwsError, type Json, type JsonObject } from '../../contracts.ts';
import { present } from '../../properties.ts';
import type { PendingTask } from '../commit-log.ts';
import type { TaskState } from '../definition.ts';
import { heartbeatMissed, TaskFailure } from '../failure.ts';
import { resultOfNested } from '../nested-executions.ts';
import { Halted } from '../stop-signal.ts';
import { TaskEvents } from '../task-events.ts';
import { LAMBDA_INVOKE, taskResource } from '../task-resource.ts';
import type { Visit } from '../visit.ts';
import { outcomeOf } from '../waiting.ts';
import { checkActivity, taken } from './activity.ts';

/** What a call of the task needs, out of the state's fields. */
interface TaskCall {
  readonly args: Json;
  readonly token: string | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  /** The role in which the task is called, where that is not the machine's own. */
  readonly roleArn: string | undefined;
}

/** One attempt of a Task: calls its integration, and waits for its answer, or for what ends the task later. */
export async function runTask(visit: Visit<TaskState>): Promise<Json> {
  const heartbeat = await optionalNumber(visit, 'HeartbeatSeconds');
  const pending = visit.takePending();
  if (pending) return noted(visit, pending.token, () => answer(visit, pending, heartbeat));
  const { state, branch, environment } = visit;
  const { kind, pattern } = taskResource(state.Resource);
  if (kind === 'activity') checkActivity(visit);
  const activity = kind === 'activity' ? state.Resource : undefined;
  const token = pattern === 'response' ? undefined : environment.tokens.issue(branch.run.arn, activity);
  const args =
    state.Arguments === undefined ? visit.input : await visit.fill('Arguments', state.Arguments, { taskToken: token });
  const timeout = await optionalNumber(visit, 'TimeoutSeconds');
  const roleArn = state.Credentials && (await assumedRole(visit, state.Credentials.RoleArn));
  return noted(visit, token, () => call(visit, { args, token, timeout, heartbeat, roleArn }));
}

async function optionalNumber(
  visit: Visit<TaskState>,
  field: 'TimeoutSeconds' | 'HeartbeatSeconds',
): Promise<number | undefined> {
  const template = visit.state[field];
  return template === undefined ? undefined : visit.fillWholeNumber(field, template, 1);
}

async function assumedRole(visit: Visit<TaskState>, template: string): Promise<string> {
  const roleArn = await visit.fill('Credentials/RoleArn', template);
  if (typeof roleArn === 'string') return roleArn;
  throw visit.wrongType('Credentials/RoleArn', template, 'string', roleArn);
}

/** Does the work and notes in the history how it ended. */
async function noted(visit: Visit<TaskState>, token: string | undefined, work: () => Promise<Json>): Promise<Json> {
  const { state, branch, environment } = visit;
  const events = new TaskEvents(branch, state.Resource);
  try {
    const result = visit.limited(await work(), events.title);
    events.succeeded(result);
    // Of a task that waited for an execution, which may have ended without anybody sending the token.
    if (token !== undefined && taskResource(state.Resource).pattern !== 'waitForTaskToken') {
      environment.tokens.drop(token);
    }
    return result;
  } catch (failure) {
    if (!(failure instanceof TaskFailure)) {
      if (token !== undefined && branch.abandoned) environment.tokens.drop(token);
      throw failure;
    }
    events.failed(failure);
    if (token !== undefined) environment.tokens.close(token, failure);
    throw failure;
  }
}

async function call(visit: Visit<TaskState>, { args, token, timeout, heartbeat, roleArn }: TaskCall): Promise<Json> {
  const { state, branch, environment } = visit;
  const events = new TaskEvents(branch, state.Resource);
  events.scheduled(args, environment.region, { timeout, heartbeat, roleArn });
  if (taskResource(state.Resource).kind === 'activity') {
    const pending = { token: token!, offered: { input: JSON.stringify(args), ...present({ timeout }) } };
    await visit.commit(pending);
    return answer(visit, pending, heartbeat);
  }
  events.started();
  await visit.commit();
  const timeoutAt = timeout === undefined ? undefined : environment.clock.now() + timeout * 1_000;
  const result = await outcomeOf(integrate(visit, args, roleArn), branch.signal, environment.clock, [
    { atMs: timeoutAt, error: timedOut },
  ]);
  if (token === undefined) return result;
  events.submitted(result);
  const pending = { token, ...present({ timeoutAt, executionArn: startedBy(visit, result) }) };
  await visit.commit(pending);
  return answer(visit, pending, heartbeat);
}

/** The execution for whose end the task waits. */
function startedBy({ state }: Visit<TaskState>, result: Json): string | undefined {
  if (taskResource(state.Resource).pattern === 'waitForTaskToken') return undefined;
  return (result as JsonObject).ExecutionArn as string;
}

/** @throws TaskFailure for whatever the integration throws, also at once */
async function integrate(visit: Visit<TaskState>, args: Json, assumedRoleArn: string | undefined): Promise<Json> {
  const { state, name, branch, environment } = visit;
  const { kind, called } = taskResource(state.Resource);
  const { roleArn, generators, integrations } = environment;
  const caller = {
    ...{ executionArn: branch.run.arn, stateName: name, roleArn, generators },
    ...present({ assumedRoleArn }),
  };
  try {
    if (kind !== 'function') return await integrations(called)!(args, caller);
    // What a function gives is the whole result, where its ARN is the Resource.
    const answer = await integrations(LAMBDA_INVOKE)!({ FunctionName: called, Payload: args }, caller);
    return (answer as JsonObject).Payload!;
  } catch (error) {
    throw asFailure(error);
  }
}

/** What ends the task: an answer with the token or the end of an execution, within the state's timeout and with heartbeats as the state demands them. */
async function answer(visit: Visit<TaskState>, pending: PendingTask, heartbeat: number | undefined): Promise<Json> {
  if (pending.offered) return answer(visit, await taken(visit, pending), heartbeat);
  const { branch, environment } = visit;
  const { tokens, clock, nested } = environment;
  const { token, timeoutAt, executionArn } = pending;
  const nextBeat = () => clock.now() + (heartbeat ?? 0) * 1_000;
  try {
    return await outcomeOf(endOf(visit, pending), branch.signal, clock, [
      { atMs: timeoutAt, error: timedOut },
      {
        atMs: heartbeat === undefined ? undefined : nextBeat(),
        error: heartbeatMissed,
        movedBy: (move) => tokens.onHeartbeat(token, () => move(nextBeat())),
      },
    ]);
  } catch (error) {
    const givenUp = error instanceof Halted && (branch.abandoned || !nested.isRunning(branch.run.arn));
    if (givenUp && executionArn !== undefined) nested.stop(executionArn);
    throw error;
  }
}

function endOf({ state, environment }: Visit<TaskState>, { token, executionArn }: PendingTask): Promise<Json> {
  const { tokens, nested } = environment;
  if (executionArn === undefined) return tokens.answerTo(token);
  const parsed = taskResource(state.Resource).pattern === 'sync:2';
  return Promise.race([tokens.answerTo(token), resultOfNested(nested, executionArn, parsed).catch(rethrow)]);
}

function rethrow(error: unknown): never {
  throw asFailure(error);
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
