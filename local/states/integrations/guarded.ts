import { AwsError, type JsonObject } from '../../contracts.ts';
import type { EventsService } from '../../events/service.ts';
import type { IamService } from '../../iam/service.ts';
import type { LambdaService } from '../../lambda/service.ts';
import type { Permission } from '../../service.ts';
import { TaskFailure } from '../failure.ts';
import type { TaskIntegration } from '../integration.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { putEvents } from './put-events.ts';

/** The services that state machines can call, and the one that says whether they may. */
export interface IntegratedServices {
  readonly lambda: Pick<LambdaService, 'invoke' | 'permissions'>;
  readonly events: Pick<EventsService, 'putEvents' | 'permissions'>;
  readonly iam: Pick<IamService, 'authoriseRole'>;
}

/**
 * What state machines can call, by the `Resource` of a Task, each as the machine's own role allows it. A missing grant
 * fails the Task as on AWS, so that its Retry and Catch see it.
 */
export function guardedIntegrations({ lambda, events, iam }: IntegratedServices): Record<string, TaskIntegration> {
  const guarded =
    (needed: (args: JsonObject) => Permission[], refusal: string, call: TaskIntegration): TaskIntegration =>
    async (args, context) => {
      try {
        iam.authoriseRole(context.roleArn, context.executionArn.split(':').at(-1)!, needed(args as JsonObject));
      } catch (error) {
        if (error instanceof AwsError) throw new TaskFailure(refusal, error.message);
        throw error;
      }
      return call(args, context);
    };
  return {
    'arn:aws:states:::lambda:invoke': guarded(
      (args) => lambda.permissions('Invoke', args),
      'Lambda.AWSLambdaException',
      lambdaInvoke(lambda),
    ),
    'arn:aws:states:::events:putEvents': guarded(
      (args) => events.permissions('PutEvents', args),
      'EventBridge.AccessDeniedException',
      putEvents((entries) => events.putEvents(entries)),
    ),
  };
}
