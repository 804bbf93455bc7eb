import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { WAITS_TABLE } from '../tables.ts';

/** How many waits there are for the partner, as far as one read tells. It may be some seconds behind. */
export async function countWaiting(db: DynamoDBDocumentClient, tableName: string, partner: string): Promise<number> {
  const { Count = 0 } = await db.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'byReadiness',
      Select: 'COUNT',
      KeyConditionExpression: '#partner = :partner',
      ExpressionAttributeNames: { '#partner': WAITS_TABLE.indexes.byReadiness.partitionKey },
      ExpressionAttributeValues: { ':partner': partner },
    }),
  );
  return Count;
}
