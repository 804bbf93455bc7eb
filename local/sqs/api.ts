import type { Location } from '../arn.ts';
import { AwsError, type JsonObject } from '../contracts.ts';
import { messageOperations } from './message-operations.ts';
import { moveTaskOperations } from './move-task-operations.ts';
import type { MoveTasks } from './move-tasks.ts';
import { parseRequest } from './parse.ts';
import type { QueueCatalogue } from './queue-catalogue.ts';
import { queueNames } from './queue-names.ts';
import { queueOperations } from './queue-operations.ts';
import { type Operations, requests } from './requests.ts';
import type { StandardQueues } from './standard-queues.ts';

export interface SqsApiParts {
  readonly queues: StandardQueues;
  readonly catalogue: QueueCatalogue;
  readonly moves: MoveTasks;
  readonly location: Location;
  readonly queueUrl: (name: string) => string;
}

export const OPERATIONS = Object.keys(requests);

export type SqsApi = (operation: string, input: JsonObject) => Promise<JsonObject>;

/** The operations of the SQS API, by the names of the AWS JSON protocol. They throw AwsError. */
export function sqsApi({ queues, catalogue, moves, location, queueUrl }: SqsApiParts): SqsApi {
  const names = queueNames(queues, queueUrl);
  const operations: Operations = {
    ...messageOperations(queues, names, location),
    ...queueOperations(queues, catalogue, names, location),
    ...moveTaskOperations(moves),
  };
  return async (operation, input) => {
    if (!Object.hasOwn(requests, operation)) {
      throw new AwsError('UnsupportedOperation', `The embedded SQS has no operation ${operation}.`);
    }
    const name = operation as keyof typeof requests;
    const run = operations[name] as (request: unknown) => JsonObject | Promise<JsonObject>;
    return run(parseRequest(requests[name], input));
  };
}
