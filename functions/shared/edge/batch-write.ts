import { BatchWriteCommand, type BatchWriteCommandInput, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DependencyUnavailable } from '../kernel/errors.ts';

/** DynamoDB may leave requests of a batch undone when it is busy; asked again this often. */
const MAX_ROUNDS = 5;

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/** Writes at most 25 items, no two under the same key, in any order. @throws DependencyUnavailable when the table stays busy */
export async function batchWrite(
  db: DynamoDBDocumentClient,
  tableName: string,
  requests: WriteRequests,
): Promise<void> {
  let unwritten = requests;
  for (let round = 0; unwritten.length > 0; round += 1) {
    if (round === MAX_ROUNDS) throw new DependencyUnavailable('A table did not take every item.');
    const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: { [tableName]: unwritten } }));
    unwritten = UnprocessedItems?.[tableName] ?? [];
  }
}
