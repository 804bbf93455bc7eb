import type { Json, JsonObject } from '../contracts.ts';
import { TaskFailure } from './failure.ts';
import { sdkNames } from './sdk-names.ts';

/** The executions that Tasks start and wait for. */
export interface NestedExecutions {
  /** What DescribeExecution tells of an execution, once it has ended. @throws AwsError `ExecutionDoesNotExist` */
  ended(executionArn: string): Promise<JsonObject>;
  isRunning(executionArn: string): boolean;
  /** Ends an execution from outside; nothing happens when it has ended. */
  stop(executionArn: string, error?: string, cause?: string): unknown;
}

/**
 * What `.sync` gives: the description of the execution that was started, once it has ended.
 * @param parsed whether input and output are JSON and not text, as `.sync:2` has them
 * @throws TaskFailure `States.TaskFailed` with that description as its cause
 */
export async function resultOfNested(
  nested: NestedExecutions,
  executionArn: string,
  parsed: boolean,
): Promise<JsonObject> {
  const description = await nested.ended(executionArn);
  const told = sdkNames(description, (ms) => ms);
  const result = parsed ? { ...told, ...data(told, 'Input'), ...data(told, 'Output') } : told;
  if (description.status !== 'SUCCEEDED') throw new TaskFailure('States.TaskFailed', JSON.stringify(result));
  return result;
}

const data = (told: JsonObject, field: string): JsonObject =>
  typeof told[field] === 'string' ? { [field]: JSON.parse(told[field]) as Json } : {};
