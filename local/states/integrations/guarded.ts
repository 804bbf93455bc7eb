import type { IamService } from '../../iam/service.ts';
import type { LambdaService } from '../../lambda/service.ts';
import type { Service } from '../../service.ts';
import { type Integrations, onlyIntegrations } from '../integration.ts';
import { LAMBDA_INVOKE } from '../task-resource.ts';
import { sdkIntegration } from './aws-sdk.ts';
import { lambdaInvoke } from './lambda-invoke.ts';
import { optimisedIntegration } from './optimised.ts';
import { putEvents } from './put-events.ts';
import { ServiceCalls } from './service-calls.ts';

/** The services that state machines can call, and the one that says whether they may. */
export interface IntegratedServices {
  /** May still grow: services are looked up when a definition or a task names one. */
  readonly services: readonly Service[];
  readonly lambda: Pick<LambdaService, 'invoke' | 'permissions'>;
  readonly iam: Pick<IamService, 'authoriseRole'>;
}

/**
 * What state machines can call, by the `Resource` of a Task, each as the machine's own role allows it. A missing grant
 * fails the Task as on AWS, so that its Retry and Catch see it.
 */
export function guardedIntegrations({ services, lambda, iam }: IntegratedServices): Integrations {
  const calls = new ServiceCalls(services, iam);
  const own = onlyIntegrations({
    [LAMBDA_INVOKE]: lambdaInvoke({
      async invoke(functionName, payload, caller) {
        calls.authorise(lambda.permissions('Invoke', { FunctionName: functionName }), caller);
        return lambda.invoke(functionName, payload);
      },
    }),
    'arn:aws:states:::events:putEvents': putEvents((entries, caller) =>
      calls.call('events', 'PutEvents', { Entries: entries }, caller),
    ),
  });
  return (called) => own(called) ?? optimisedIntegration(called, calls) ?? sdkIntegration(called, calls);
}
