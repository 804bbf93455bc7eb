export { offerSharedDynamoDb as default } from './shared-dynamodb.ts';
