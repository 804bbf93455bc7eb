import type { Json, JsonObject } from '../contracts.ts';
import { present } from '../properties.ts';
import type { Branch } from './branch.ts';
import type { TaskFailure } from './failure.ts';
import { taskResource } from './task-resource.ts';

const PREFIXES = { service: 'Task', function: 'LambdaFunction', activity: 'Activity' } as const;

/** What the event that schedules a task tells beside its arguments. */
export interface Schedule {
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
  readonly roleArn: string | undefined;
}

/** Records what happens to a task, in the events that AWS has for what its `Resource` names. */
export class TaskEvents {
  /** What the task is called where its result is too large. */
  readonly title: string;
  readonly #branch: Branch;
  readonly #prefix: string;
  /** The last two parts of a service's `Resource`: the service and what is called there. */
  readonly #about: JsonObject;
  readonly #resource: string;

  constructor(branch: Branch, resource: string) {
    const { kind } = taskResource(resource);
    this.#branch = branch;
    this.#prefix = PREFIXES[kind];
    this.#resource = resource;
    const [, resourceType = '', called = ''] = /^arn:[^:]+:states:::(.+):([^:]+(?::2)?)$/.exec(resource) ?? [];
    this.#about = kind === 'service' ? { resourceType, resource: called } : {};
    this.title = kind === 'service' ? resourceType : resource;
  }

  scheduled(args: Json, region: string, { timeout, heartbeat, roleArn }: Schedule): void {
    const content = JSON.stringify(args);
    this.#record('Scheduled', {
      ...(this.#prefix === 'Task'
        ? { ...this.#about, region, parameters: content }
        : { resource: this.#resource, input: content }),
      ...present({
        timeoutInSeconds: timeout,
        heartbeatInSeconds: heartbeat,
        taskCredentials: roleArn === undefined ? undefined : { roleArn },
      }),
    });
  }

  /** @param workerName who took a task of an activity, as far as it told */
  started(workerName?: string): void {
    if (this.#prefix === 'LambdaFunction') this.#branch.record('LambdaFunctionStarted');
    else this.#record('Started', { ...this.#about, ...present({ workerName }) });
  }

  submitted(result: Json): void {
    this.#record('Submitted', { ...this.#about, output: JSON.stringify(result) });
  }

  succeeded(result: Json): void {
    this.#record('Succeeded', { ...this.#about, output: JSON.stringify(result) });
  }

  failed(failure: TaskFailure): void {
    this.#record(failure.error === 'States.Timeout' ? 'TimedOut' : 'Failed', { ...this.#about, ...failure.named });
  }

  #record(what: string, details: JsonObject): void {
    const type = `${this.#prefix}${what}`;
    this.#branch.record(type, { [`${type[0]!.toLowerCase()}${type.slice(1)}EventDetails`]: details });
  }
}
