export { endSharedDynamoDb as default } from '../dynamodb/shared-dynamodb.ts';
