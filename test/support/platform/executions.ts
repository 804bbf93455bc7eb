/** What Step Functions keeps of every execution: its input, its output and its history, each as text. */
import {
  paginateGetExecutionHistory,
  paginateListExecutions,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import type { Running } from './running.ts';

/** Of all executions of all state machines. */
export async function executionsOf({ endpointUrl }: Pick<Running, 'endpointUrl'>): Promise<readonly string[]> {
  const client = new SFNClient(operatorClientConfig(endpointUrl));
  const kept: string[] = [];
  for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
    for (const { stateMachineArn } of stateMachines) {
      for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn })) {
        for (const { executionArn } of executions) {
          const pages = paginateGetExecutionHistory({ client }, { executionArn });
          for await (const { events } of pages) kept.push(JSON.stringify(events));
        }
      }
    }
  }
  client.destroy();
  return kept;
}
