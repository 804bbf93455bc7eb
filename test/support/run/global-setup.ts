export { offerSharedDynamoDb as default } from '../dynamodb/shared-dynamodb.ts';
