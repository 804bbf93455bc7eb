import { AwsError, type JsonObject } from '../contracts.ts';
import { type ExecutionOperations, executionOperations } from './api/executions.ts';
import { machineOperations } from './api/machines.ts';
import type { Operations } from './api/operations.ts';
import { taskOperations } from './api/tasks.ts';
import type { TaskTokens } from './task-tokens.ts';

export type StatesApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** The operations of Step Functions that the runtime has, in the form of its wire protocol. They throw AwsError. */
export function statesApi(parts: ExecutionOperations & { readonly tokens: TaskTokens }): StatesApi {
  const operations: Operations = {
    ...executionOperations(parts),
    ...machineOperations(parts.machines),
    ...taskOperations(parts.tokens),
  };
  return async (operation, input) => {
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!carryOut) {
      throw new AwsError('UnknownOperationException', `The runtime's Step Functions has no operation ${operation}.`);
    }
    return carryOut(input);
  };
}
