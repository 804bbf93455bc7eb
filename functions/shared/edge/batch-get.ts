import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Consistency } from '../event-log/port.ts';
import { DependencyUnavailable } from '../kernel/errors.ts';

/** DynamoDB may leave keys of a batch unread when it is busy; asked again this often. */
const MAX_ROUNDS = 5;

/**
 * The items with these keys, at most 100 and no two alike, in any order.
 * @param consistency of each item for itself. @default eventual
 * @throws DependencyUnavailable when the table stays busy
 */
export async function batchGet(
  db: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Record<string, unknown>[],
  consistency: Consistency = 'eventual',
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let wanted = [...keys];
  for (let round = 0; wanted.length > 0; round += 1) {
    if (round === MAX_ROUNDS) throw new DependencyUnavailable('A table did not answer for every key.');
    const { Responses, UnprocessedKeys } = await db.send(
      new BatchGetCommand({
        RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: consistency === 'strong' } },
      }),
    );
    found.push(...(Responses?.[tableName] ?? []));
    wanted = UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  return found;
}
