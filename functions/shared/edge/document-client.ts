import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

let instance: DynamoDBDocumentClient | undefined;

/** The one DynamoDB client of a function instance. Few retries here: the state machine and the queues retry with patience. */
export const documentClient = (): DynamoDBDocumentClient => (instance ??= documents(new DynamoDBClient({ maxAttempts: 3 })));

/** For what is better left out than waited for: tries once, on the same connections. */
export const singleTryClient = (): DynamoDBDocumentClient =>
  documents(new DynamoDBClient({ maxAttempts: 1, requestHandler: documentClient().config.requestHandler }));

const documents = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
