import { AwsError, type Json, type JsonObject } from '../../../local/contracts.ts';
import { TaskFailure } from '../../../local/states/failure.ts';
import type { Integrations } from '../../../local/states/integration.ts';
import { guardedIntegrations } from '../../../local/states/integrations/guarded.ts';
import { type Engine, never, RESOURCE } from '../../unit/local/states/engine.ts';

/** What a call of a task comes to. */
export type TaskAnswer =
  | { readonly result: Json }
  | { readonly resultOfBytes: number }
  | { readonly error: string; readonly cause?: string }
  | { readonly never: true }
  /** Its token, which the task gets as its Arguments, is sent back with this failure. */
  | { readonly tokenFails: JsonObject };

/** What a service, or a function, answers. */
export type ServiceAnswer =
  | { readonly answer: JsonObject }
  | { readonly refusal: string; readonly message: string }
  | { readonly functionError: JsonObject };

/** A worker of the activity `work`: when it asks for a task, and what it answers; it takes the task alone when it has neither output nor error. */
export interface Worker {
  readonly afterSeconds?: number;
  readonly name?: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** Service, operation and input of a call. */
export type Asked = readonly [string, string, Json];

const ACTIVITY = 'arn:aws:states:us-east-1:000000000000:activity:work';

/** Tasks that come to what the case says, whatever their Resource is. */
export function playedTasks(answers: readonly TaskAnswer[], engine: () => Engine): Integrations {
  const left = [...answers];
  return () => async (args) => {
    const next = left.shift();
    if (!next) throw new Error(`The task ${RESOURCE} was called more often than the case says.`);
    if ('tokenFails' in next) {
      await engine().call('SendTaskFailure', { taskToken: args, ...next.tokenFails });
      return null;
    }
    if ('never' in next) return never();
    if ('error' in next) throw new TaskFailure(next.error, next.cause ?? '');
    return 'result' in next ? next.result : 'x'.repeat(next.resultOfBytes);
  };
}

/** The engine's own integrations, on services that answer what the case says; `asked` gets what they are asked for. */
export function playedServices(answers: readonly ServiceAnswer[], asked: Asked[]): Integrations {
  const left = [...answers];
  const next = (...call: Asked): ServiceAnswer => {
    asked.push(call);
    const answer = left.shift();
    if (!answer) throw new Error(`${call[0]} was asked more often than the case says.`);
    if ('refusal' in answer) throw new AwsError(answer.refusal, answer.message);
    return answer;
  };
  const names = ['dynamodb', 'events', 'lambda', 's3', 'secretsmanager', 'sns', 'sqs', 'states'];
  return guardedIntegrations({
    services: names.map((name) => ({
      name,
      handle: async (operation: string, input: JsonObject) => {
        const played = next(name, operation, input);
        return 'answer' in played ? played.answer : {};
      },
    })),
    lambda: {
      permissions: () => [],
      async invoke(name, payload) {
        const played = next('lambda', name, JSON.parse(payload) as Json);
        const failed = 'functionError' in played;
        return {
          statusCode: 200,
          executedVersion: '$LATEST',
          payload: JSON.stringify(failed ? played.functionError : 'answer' in played ? played.answer : null),
          ...(failed ? { functionError: 'Unhandled' } : {}),
        };
      },
    },
    iam: { authoriseRole: () => {} },
  });
}

/** Has the workers of the activity do what the case says, one after the other. */
export async function work(engine: Engine, workers: readonly Worker[]): Promise<void> {
  for (const { afterSeconds = 0, name, output, error, cause } of workers) {
    await engine.settle();
    engine.clock.advance(afterSeconds * 1_000);
    const workerName = name === undefined ? {} : { workerName: name };
    const { taskToken } = await engine.call('GetActivityTask', { activityArn: ACTIVITY, ...workerName });
    if (output !== undefined) {
      await engine.call('SendTaskSuccess', { taskToken: taskToken!, output: JSON.stringify(output) });
    } else if (error !== undefined) {
      await engine.call('SendTaskFailure', { taskToken: taskToken!, error, ...(cause === undefined ? {} : { cause }) });
    }
  }
}
