export { endSharedDynamoDb as default } from './shared-dynamodb.ts';
