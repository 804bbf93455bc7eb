import type { Integrations } from './integration.ts';

/** How a Task waits: for the answer of its call, for an answer with its token, or for the end of the execution that it started. */
type Pattern = 'response' | 'waitForTaskToken' | 'sync' | 'sync:2';

/** What the `Resource` of a Task says. */
export interface TaskResource {
  readonly kind: 'service' | 'function' | 'activity';
  /** Without the part that says how the Task waits. */
  readonly called: string;
  readonly pattern: Pattern;
}

export const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke';
const START_EXECUTION = 'arn:aws:states:::states:startExecution';
const FUNCTION = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:/;
const ACTIVITY = /^arn:[^:]+:states:[^:]+:\d{12}:activity:/;
const PATTERN = /\.(waitForTaskToken|sync:2|sync)$/;

export function taskResource(resource: string): TaskResource {
  if (FUNCTION.test(resource)) return { kind: 'function', called: resource, pattern: 'response' };
  if (ACTIVITY.test(resource)) return { kind: 'activity', called: resource, pattern: 'waitForTaskToken' };
  const [suffix = '', pattern = 'response'] = PATTERN.exec(resource) ?? [];
  return {
    kind: 'service',
    called: resource.slice(0, resource.length - suffix.length),
    pattern: pattern as Pattern,
  };
}

/** Why no Task can have this `Resource`; undefined for one that can be called. */
export function resourceRefusal(resource: string, integrations: Integrations): string | undefined {
  const { kind, called, pattern } = taskResource(resource);
  if (kind !== 'service') return undefined;
  if (integrations(called) === undefined) {
    return (
      `${called} is nothing that a Task can call here; expected the ARN of a function or an activity, or arn:aws:states::: with lambda:invoke, events:putEvents, ` +
      'sqs:sendMessage, sns:publish, states:startExecution, dynamodb:getItem, putItem, updateItem or deleteItem, or aws-sdk:service:action of a service that this runtime has'
    );
  }
  if (pattern.startsWith('sync') && called !== START_EXECUTION) {
    return `${called} cannot be waited for with .${pattern}; here only ${START_EXECUTION} can`;
  }
  if (pattern === 'waitForTaskToken' && called.startsWith('arn:aws:states:::dynamodb:')) {
    return `${called} takes no task token, so nobody could answer with it`;
  }
  return undefined;
}
