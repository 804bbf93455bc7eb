import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { sdkClient } from './sdk-client.ts';

let client: DynamoDBClient | undefined;
let instance: DynamoDBDocumentClient | undefined;

/**
 * The one DynamoDB client of a function instance. Few retries here: the state machine and the queues retry with longer
 * waits.
 */
export const dynamoDbClient = (): DynamoDBClient => (client ??= sdkClient(DynamoDBClient, { maxAttempts: 3 }));

/** The same client, for items as plain objects. */
export const documentClient = (): DynamoDBDocumentClient => (instance ??= documents(dynamoDbClient()));

/** For requests that are better left out than waited for: tries once, on the same connections. */
export const singleTryClient = (): DynamoDBDocumentClient =>
  documents(sdkClient(DynamoDBClient, { maxAttempts: 1, requestHandler: dynamoDbClient().config.requestHandler }));

const documents = (of: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(of, { marshallOptions: { removeUndefinedValues: true } });
