/** Step Functions as one life of the runtime has it, with the definitions as they are deployed; its journal outlives the process. */
import { AwsError, type FunctionInvoker, type JsonObject, type ServiceContext } from '../../../local/contracts.ts';
import { onlyIntegrations } from '../../../local/states/integration.ts';
import { lambdaInvoke } from '../../../local/states/integrations/lambda-invoke.ts';
import { putEvents } from '../../../local/states/integrations/put-events.ts';
import { StatesService } from '../../../local/states/service.ts';
import { CANCELLATION_SAGA, ITEMS_CHANGE, ORDER_SAGA } from '../../support/saga/definition.ts';
import type { Random } from '../random.ts';
import type { Sagas } from './functions.ts';

const MACHINES = [ORDER_SAGA, ITEMS_CHANGE, CANCELLATION_SAGA];

const machineArn = (name: string): string => `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;

export interface EngineOptions {
  /** What becomes of a deployed definition. @default it stays as it is */
  readonly altered?: ((deployedDefinition: string) => string) | undefined;
  /** Is told of the start and the end of each execution, as EventBridge is. @default nobody is */
  readonly onStatusChange?: ((detail: JsonObject) => void) | undefined;
}

export function startEngine(
  context: ServiceContext,
  functions: FunctionInvoker,
  random: Random,
  { altered = (deployedDefinition) => deployedDefinition, onStatusChange = () => {} }: EngineOptions,
): StatesService {
  const states = new StatesService(context, {
    integrations: onlyIntegrations({
      'arn:aws:states:::lambda:invoke': lambdaInvoke(functions),
      'arn:aws:states:::events:putEvents': putEvents(async () => ({ FailedEntryCount: 0, Entries: [] })),
    }),
    random,
    onStatusChange,
  });
  for (const { name, deployedDefinition } of MACHINES) {
    states.createStateMachine({
      name,
      arn: machineArn(name),
      definition: altered(deployedDefinition),
      roleArn: 'arn:aws:iam::000000000000:role/saga',
    });
  }
  states.resume();
  return states;
}

/** As functions start executions. */
export const sagasOn =
  (states: StatesService): Sagas =>
  (machine) => ({
    async start(name, input) {
      try {
        await states.handle('StartExecution', {
          stateMachineArn: machineArn(machine),
          name,
          input: JSON.stringify(input),
        });
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'ExecutionAlreadyExists')) throw error;
      }
    },
  });

interface Listed {
  readonly name: string;
  readonly executionArn: string;
}

export async function executions(states: StatesService, status?: 'RUNNING'): Promise<Listed[]> {
  const found: Listed[] = [];
  for (const { name } of MACHINES) {
    for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
      const page = await states.handle('ListExecutions', {
        stateMachineArn: machineArn(name),
        maxResults: 1_000,
        ...(status && { statusFilter: status }),
        ...(nextToken !== undefined && { nextToken }),
      });
      found.push(...(page.executions as unknown as Listed[]));
      nextToken = page.nextToken as string | undefined;
    }
  }
  return found;
}

/** How many states the execution has entered. */
export async function transitionsOf(states: StatesService, executionArn: string): Promise<number> {
  let entered = 0;
  for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
    const page = await states.handle('GetExecutionHistory', {
      executionArn,
      maxResults: 1_000,
      ...(nextToken !== undefined && { nextToken }),
    });
    entered += (page.events as { type: string }[]).filter(({ type }) => type.endsWith('StateEntered')).length;
    nextToken = page.nextToken as string | undefined;
  }
  return entered;
}
