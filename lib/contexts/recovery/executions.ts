import type { Construct } from 'constructs';
import { getExecutionHistory, listExecutions } from '../../../functions/recovery/routes.ts';
import { BoundedContext } from '../../constructs/bounded-context.ts';
import type { Platform } from '../../constructs/platform.ts';
import type { Saga } from '../../constructs/saga.ts';

/** The executions of sagas, for people to look at. */
export class Executions extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, { sagas }: { readonly sagas: readonly Saga[] }) {
    super(scope, id, platform);
    const list = this.endpoint(listExecutions);
    platform.eventLog.grantRead(list);
    const history = this.endpoint(getExecutionHistory);
    for (const saga of sagas) {
      saga.grantLook(list, 'states:DescribeExecution');
      saga.grantLook(history, 'states:GetExecutionHistory');
    }
  }
}
