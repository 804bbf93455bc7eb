export { endSharedDynamoDb as teardown, offerSharedDynamoDb as setup } from '../dynamodb/shared-dynamodb.ts';
