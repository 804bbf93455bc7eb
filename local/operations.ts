import { AwsError, type JsonObject } from './contracts.ts';

/** Operations of a service's API by name, in the form of its wire protocol. They throw AwsError. */
export type Operations = Readonly<Record<string, (input: JsonObject) => JsonObject | Promise<JsonObject>>>;

export interface OperationsApi {
  /** The names. */
  readonly operations: readonly string[];
  /** @throws AwsError `UnknownOperationException` for one that is not there, and what the operation throws */
  readonly handle: (operation: string, input: JsonObject) => Promise<JsonObject>;
}

/** @param service its name in messages, such as `EventBridge` */
export const operationsApi = (operations: Operations, service: string): OperationsApi => ({
  operations: Object.keys(operations),
  async handle(operation, input) {
    const carryOut = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (carryOut) return carryOut(input);
    throw new AwsError('UnknownOperationException', `The runtime's ${service} has no operation ${operation}.`);
  },
});
