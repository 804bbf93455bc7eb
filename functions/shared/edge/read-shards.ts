import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';

/** A transaction that reads is cancelled when one that writes is at the same items; tried so often. */
const MAX_TRIES = 8;
const LONGEST_PAUSE_MS = 40;

type Item = Record<string, unknown>;

/**
 * Reads something that lies in several items, its shards, as all of them were in one moment. The first shard says in `shards` how
 * many there are (absent: 1); they never become fewer. A shard that is not there is an empty item. Empty when the first one is not there.
 * @param keyOf the key of a shard, from 0
 * @param known so many there are at least
 * @throws TransactionCanceledException when others kept writing to them
 */
export async function readShards(
  db: DynamoDBDocumentClient,
  tableName: string,
  keyOf: (shard: number) => Item,
  known = 1,
): Promise<readonly Item[]> {
  for (let shards = known; ; ) {
    const items = shards === 1 ? await readOne(db, tableName, keyOf(0)) : await readAll(db, tableName, shards, keyOf);
    const stored = Number(items[0]?.['shards'] ?? 1);
    if (stored <= shards) return items;
    shards = stored;
  }
}

/** The first shard with the counts of the others, which have nothing else, added to its own. Undefined when there is none. */
export function addedUp([first, ...others]: readonly Item[]): Item | undefined {
  if (!first) return undefined;
  const sum = { ...first };
  for (const [name, count] of others.flatMap(Object.entries)) {
    if (typeof count === 'number') sum[name] = Number(sum[name] ?? 0) + count;
  }
  return sum;
}

async function readOne(db: DynamoDBDocumentClient, tableName: string, key: Item): Promise<Item[]> {
  const { Item } = await db.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item ? [Item] : [];
}

async function readAll(
  db: DynamoDBDocumentClient,
  tableName: string,
  shards: number,
  keyOf: (shard: number) => Item,
): Promise<Item[]> {
  const gets = Array.from({ length: shards }, (_, shard) => ({ Get: { TableName: tableName, Key: keyOf(shard) } }));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { Responses = [] } = await db.send(new TransactGetCommand({ TransactItems: gets }));
      return Responses.map(({ Item = {} }) => Item);
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) || attempt === MAX_TRIES) throw error;
      await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}
