import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Command, keepHandlers } from './kept-handlers.ts';
import { sdkClient } from './sdk-client.ts';

let client: DynamoDBClient | undefined;
let instance: DynamoDBDocumentClient | undefined;

/**
 * The one DynamoDB client of a function instance. Few retries here: the state machine and the queues retry with longer
 * waits.
 */
export const dynamoDbClient = (): DynamoDBClient => (client ??= dynamoDb({ maxAttempts: 3 }));

/** The same client, for items as plain objects. */
export const documentClient = (): DynamoDBDocumentClient => (instance ??= documents(dynamoDbClient()));

/** For requests that are better left out than waited for: tries once, on the same connections. */
export const singleTryClient = (): DynamoDBDocumentClient =>
  documents(dynamoDb({ maxAttempts: 1, requestHandler: dynamoDbClient().config.requestHandler }));

function dynamoDb(config: DynamoDBClientConfig): DynamoDBClient {
  const made = sdkClient(DynamoDBClient, config);
  // A table calls nobody: no circle of functions goes through a request of it, and no trace goes on behind it.
  made.middlewareStack.remove('recursionDetectionMiddleware');
  return made;
}

/** A client for items as plain objects, of another one. */
export function documents(of: DynamoDBClient): DynamoDBDocumentClient {
  const made = DynamoDBDocumentClient.from(of, { marshallOptions: { removeUndefinedValues: true } });
  keepHandlers<DocumentCommand>(made as never, (first) => {
    first.addMarshallingMiddleware(made.config);
    const stack = made.middlewareStack.concat(first.middlewareStack);
    const handler = first.clientCommand.resolveMiddleware(stack, made.config);
    return ({ clientCommand }) => handler(clientCommand);
  });
  return made;
}

/** A command of the document client: it translates items around one of DynamoDB's own, which is what is sent. */
interface DocumentCommand {
  readonly clientCommand: Command;
  readonly middlewareStack: never;
  addMarshallingMiddleware(config: unknown): void;
}
