import { AwsError, type JsonObject } from '../contracts.ts';
import { aliasOperations } from './api/aliases.ts';
import { executionOperations } from './api/executions.ts';
import { machineOperations } from './api/machines.ts';
import { mapRunOperations } from './api/map-runs.ts';
import type { ApiParts, Operations } from './api/parts.ts';
import { tagOperations } from './api/tags.ts';
import { taskOperations } from './api/tasks.ts';
import { testStateOperations } from './api/test-state.ts';
import { validateOperations } from './api/validate.ts';
import { versionOperations } from './api/versions.ts';

export interface StatesApi {
  readonly operations: readonly string[];
  readonly handle: (operation: string, input: JsonObject) => Promise<JsonObject>;
}

/** The operations of Step Functions that the runtime has, in the form of its wire protocol. They throw AwsError. */
export function statesApi(parts: ApiParts): StatesApi {
  const operations: Operations = {
    ...executionOperations(parts),
    ...mapRunOperations(parts),
    ...machineOperations(parts),
    ...versionOperations(parts),
    ...aliasOperations(parts),
    ...tagOperations(parts.catalogue.machines),
    ...validateOperations(parts.definitions),
    ...testStateOperations(parts),
    ...taskOperations(parts.tokens),
  };
  const handle: StatesApi['handle'] = async (operation, input) => {
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!carryOut) {
      throw new AwsError('UnknownOperationException', `The runtime's Step Functions has no operation ${operation}.`);
    }
    return carryOut(input);
  };
  return { operations: Object.keys(operations), handle };
}
