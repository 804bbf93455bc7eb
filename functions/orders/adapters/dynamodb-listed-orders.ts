import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/edge/batch-get.ts';
import type { Consistency } from '../../shared/event-log/port.ts';
import type { ListedOrders } from '../application/ports.ts';
import { type Listed, listOfName, nameOfList, type Relisting } from '../domain/lists.ts';
import { COUNTS, recordedBucket } from './search-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const { partitionKey: BUCKET, sortKey: ENTRY } = ORDER_TABLES.orderSearch;

const READ_AT_ONCE = 100;
/** With the counts, within the hundred items of a transaction; small, so that one order that has changed holds up few others. */
const RECORDED_AT_ONCE = 25;
/** Transactions on one item would hold each other up, so the counts are kept in parts, and each transaction takes any of them. */
const PARTS = 16;
const RECORD = 'lists';

/** What each order is recorded with, and the counts in their parts. */
export class DynamoDbListedOrders implements ListedOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #random: () => number;

  /** @param random from 0 to less than 1 */
  constructor(db: DynamoDBDocumentClient, tableName: string, random: () => number) {
    this.#db = db;
    this.#table = tableName;
    this.#random = random;
  }

  async find(orderIds: readonly string[], consistency: Consistency): Promise<ReadonlyMap<string, Listed>> {
    const found = new Map<string, Listed>();
    for (const ids of chunks([...new Set(orderIds)], READ_AT_ONCE)) {
      const keys = ids.map((orderId) => ({ [BUCKET]: recordedBucket(orderId), [ENTRY]: RECORD }));
      for (const { orderId, version, lists } of await batchGet(this.#db, this.#table, keys, consistency)) {
        found.set(orderId as string, {
          version: version as number,
          lists: (lists as readonly string[]).map(listOfName),
        });
      }
    }
    return found;
  }

  async record(relistings: readonly Relisting[]): Promise<readonly string[]> {
    const lost: string[] = [];
    for (const some of chunks(relistings, RECORDED_AT_ONCE)) {
      // Where one has changed, each is tried alone.
      if (await this.#transact(some)) continue;
      for (const each of some) if (some.length === 1 || !(await this.#transact([each]))) lost.push(each.view.orderId);
    }
    return lost;
  }

  /** Resolves to whether all are recorded. */
  async #transact(relistings: readonly Relisting[]): Promise<boolean> {
    const changes = [...changesOf(relistings)].filter(([, change]) => change !== 0);
    const part = String(Math.floor(this.#random() * PARTS)).padStart(2, '0');
    try {
      await this.#db.send(
        new TransactWriteCommand({
          TransactItems: [
            ...relistings.map((each) => ({ Put: { TableName: this.#table, ...recordOf(each) } })),
            ...(changes.length === 0
              ? []
              : [{ Update: { TableName: this.#table, Key: { [BUCKET]: COUNTS, [ENTRY]: part }, ...adding(changes) } }]),
          ],
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof TransactionCanceledException) return false;
      throw error;
    }
  }
}

/** An order is still recorded as it was read: the lists tell apart what two releases have recorded of one version. */
const recordOf = ({ view: { orderId, version }, from, to }: Relisting) => ({
  Item: { [BUCKET]: recordedBucket(orderId), [ENTRY]: RECORD, orderId, version, lists: to.map(nameOfList) },
  ...(from === undefined
    ? { ConditionExpression: 'attribute_not_exists(#version)', ExpressionAttributeNames: { '#version': 'version' } }
    : {
        ConditionExpression: '#version = :version AND #lists = :lists',
        ExpressionAttributeNames: { '#version': 'version', '#lists': 'lists' },
        ExpressionAttributeValues: { ':version': from.version, ':lists': from.lists.map(nameOfList) },
      }),
});

/** How many orders more, or fewer, are on each list. */
function changesOf(relistings: readonly Relisting[]): ReadonlyMap<string, number> {
  const changes = new Map<string, number>();
  const change = (name: string, by: number) => changes.set(name, (changes.get(name) ?? 0) + by);
  for (const { from, to } of relistings) {
    for (const list of from?.lists ?? []) change(nameOfList(list), -1);
    for (const list of to) change(nameOfList(list), 1);
  }
  return changes;
}

const adding = (changes: readonly (readonly [string, number])[]) => ({
  UpdateExpression: `ADD ${changes.map((_, at) => `#list${at} :change${at}`).join(', ')}`,
  ExpressionAttributeNames: Object.fromEntries(changes.map(([name], at) => [`#list${at}`, name])),
  ExpressionAttributeValues: Object.fromEntries(changes.map(([, change], at) => [`:change${at}`, change])),
});

function* chunks<Item>(items: readonly Item[], size: number): Iterable<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
