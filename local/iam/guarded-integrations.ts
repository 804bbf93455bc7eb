import { AwsError, type FunctionInvoker, type JsonObject } from '../contracts.ts';
import { TaskFailure } from '../states/failure.ts';
import type { TaskIntegration } from '../states/integration.ts';
import { lambdaInvoke } from '../states/integrations/lambda-invoke.ts';
import { type PutEvents, putEvents } from '../states/integrations/put-events.ts';
import type { Policies } from './policies.ts';
import { type Place, permissionsFor } from './request-permissions.ts';

export interface Callable {
  readonly invoker: FunctionInvoker;
  readonly putEvents: PutEvents;
}

/**
 * What state machines can call, by the `Resource` of a Task, each as the machine's own role allows it. A missing grant
 * fails the Task as on AWS, so that its Retry and Catch see it.
 */
export function guardedIntegrations(
  callable: Callable,
  policies: Policies,
  place: Place,
): Record<string, TaskIntegration> {
  const guarded =
    (service: string, operation: string, refusal: string, call: TaskIntegration): TaskIntegration =>
    async (args, context) => {
      try {
        for (const permission of permissionsFor(service, operation, args as JsonObject, place)) {
          policies.require(context.roleArn, permission, context.executionArn.split(':').at(-1)!);
        }
      } catch (error) {
        if (error instanceof AwsError) throw new TaskFailure(refusal, error.message);
        throw error;
      }
      return call(args, context);
    };
  return {
    'arn:aws:states:::lambda:invoke': guarded(
      'lambda',
      'Invoke',
      'Lambda.AWSLambdaException',
      lambdaInvoke(callable.invoker),
    ),
    'arn:aws:states:::events:putEvents': guarded(
      'events',
      'PutEvents',
      'EventBridge.AccessDeniedException',
      putEvents(callable.putEvents),
    ),
  };
}
