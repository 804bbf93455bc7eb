import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from './batch-get.ts';

/** A transaction that reads is cancelled when one that writes is at the same items; tried so often. */
const MAX_TRIES = 8;
const LONGEST_PAUSE_MS = 40;

type Item = Record<string, unknown>;
type ReadSome = (db: DynamoDBDocumentClient, tableName: string, keys: readonly Item[]) => Promise<readonly Item[]>;

/**
 * Reads something that lies in several items, its shards, as all of them were in one moment. The first shard says in `shards` how
 * many there are (absent: 1); they never become fewer. A shard that is not there is an empty item. Empty when the first one is not there.
 * @param keyOf the key of a shard, from 0
 * @throws TransactionCanceledException when others kept writing to them
 */
export const readShards = (
  db: DynamoDBDocumentClient,
  tableName: string,
  keyOf: (shard: number) => Item,
): Promise<readonly Item[]> => readAll(db, tableName, keyOf, 1, readTogether);

/**
 * The same, but each shard as it was in some moment of the call. Whoever writes to them does not stop it; but what goes from one to another
 * meanwhile may be in both, or in neither.
 * @param known so many there are at least
 */
export const lookAtShards = (
  db: DynamoDBDocumentClient,
  tableName: string,
  keyOf: (shard: number) => Item,
  known: number,
): Promise<readonly Item[]> => readAll(db, tableName, keyOf, known, readEach);

/** The first shard with the counts of the others, which have nothing else, added to its own. Undefined when there is none. */
export function addedUp([first, ...others]: readonly Item[]): Item | undefined {
  if (!first) return undefined;
  const sum = { ...first };
  for (const [name, count] of others.flatMap(Object.entries)) {
    if (typeof count === 'number') sum[name] = Number(sum[name] ?? 0) + count;
  }
  return sum;
}

async function readAll(
  db: DynamoDBDocumentClient,
  tableName: string,
  keyOf: (shard: number) => Item,
  known: number,
  readSome: ReadSome,
): Promise<readonly Item[]> {
  for (let shards = known; ; ) {
    const keys = Array.from({ length: shards }, (_, shard) => keyOf(shard));
    const items = shards === 1 ? await readOne(db, tableName, keys[0]!) : await readSome(db, tableName, keys);
    const stored = Number(items[0]?.['shards'] ?? 1);
    if (stored <= shards) return items;
    shards = stored;
  }
}

async function readOne(db: DynamoDBDocumentClient, tableName: string, key: Item): Promise<Item[]> {
  const { Item } = await db.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
  return Item ? [Item] : [];
}

const readEach: ReadSome = async (db, tableName, keys) => {
  const items = await batchGet(db, tableName, keys, 'strong');
  return keys.map((key) => items.find((item) => Object.keys(key).every((name) => item[name] === key[name])) ?? {});
};

const readTogether: ReadSome = async (db, tableName, keys) => {
  const TransactItems = keys.map((Key) => ({ Get: { TableName: tableName, Key } }));
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { Responses = [] } = await db.send(new TransactGetCommand({ TransactItems }));
      return Responses.map(({ Item = {} }) => Item);
    } catch (error) {
      if (!(error instanceof TransactionCanceledException) || attempt === MAX_TRIES) throw error;
      await sleep(Math.random() * LONGEST_PAUSE_MS);
    }
  }
};
