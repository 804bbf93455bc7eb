/** Reads and writes the items of one table, many at a time. */

import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';

/** The most items of one request: DynamoDB's own limits. */
export const READ_TOGETHER = 100;
const WRITTEN_TOGETHER = 25;
/** DynamoDB may leave a part of a request undone: it is sent again, later and later. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

interface Keys {
  readonly keys: readonly string[];
  readonly version: string | undefined;
}

export class StoredTable {
  readonly #db: DynamoDBClient;
  readonly name: string;
  readonly #keys: readonly string[];
  /** The number of an item in its stream; undefined for a table that holds no streams. */
  readonly #version: string | undefined;

  private constructor(db: DynamoDBClient, name: string, { keys, version }: Keys) {
    this.#db = db;
    this.name = name;
    this.#keys = keys;
    this.#version = version;
  }

  /** @throws ResourceNotFoundException */
  static async open(db: DynamoDBClient, name: string): Promise<StoredTable> {
    const { Table } = await db.send(new DescribeTableCommand({ TableName: name }));
    const keys = Table!.KeySchema!.map(({ AttributeName }) => AttributeName!);
    const isNumber = Table!.AttributeDefinitions!.some(
      (one) => one.AttributeName === keys[1] && one.AttributeType === 'N',
    );
    return new StoredTable(db, name, { keys, version: isNumber ? keys[1] : undefined });
  }

  async *items(): AsyncIterable<Item> {
    const pages = paginateScan({ client: this.#db }, { TableName: this.name, ConsistentRead: true });
    for await (const { Items = [] } of pages) yield* Items;
  }

  /** Whether it is the first event of a stream: with it the stream begins for everybody who is told of it. */
  isFirst(item: Item): boolean {
    return this.#version !== undefined && Number(item[this.#version]?.N) === 1;
  }

  /** Which item it is, as a text. */
  keyOf = (item: Item): string => JSON.stringify(this.#key(item));

  /** Those of the items that are not there, or are there with other attributes. @param items at most 100 */
  async differing(
    items: readonly Item[],
  ): Promise<{ readonly missing: readonly Item[]; readonly other: readonly Item[] }> {
    const there = new Map<string, Item>();
    let keys = items.map((item) => this.#key(item));
    for (let pause = FIRST_PAUSE_MS; keys.length > 0; pause = longer(pause)) {
      const answer = await this.#db.send(
        new BatchGetItemCommand({ RequestItems: { [this.name]: { Keys: keys, ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[this.name] ?? []) there.set(this.keyOf(item), item);
      keys = answer.UnprocessedKeys?.[this.name]?.Keys ?? [];
      if (keys.length > 0) await sleep(pause);
    }
    const found = items.map((item) => ({ item, now: there.get(this.keyOf(item)) }));
    return {
      missing: found.filter(({ now }) => now === undefined).map(({ item }) => item),
      other: found
        .filter(({ item, now }) => now !== undefined && !isDeepStrictEqual(now, item))
        .map(({ item }) => item),
    };
  }

  put = (items: readonly Item[]): Promise<void> => this.#write(items.map((Item) => ({ PutRequest: { Item } })));

  delete = (items: readonly Item[]): Promise<void> =>
    this.#write(items.map((item) => ({ DeleteRequest: { Key: this.#key(item) } })));

  async #write(requests: readonly WriteRequest[]): Promise<void> {
    for (let at = 0; at < requests.length; at += WRITTEN_TOGETHER) {
      let left: WriteRequest[] = requests.slice(at, at + WRITTEN_TOGETHER);
      for (let pause = FIRST_PAUSE_MS; left.length > 0; pause = longer(pause)) {
        const answer = await this.#db.send(new BatchWriteItemCommand({ RequestItems: { [this.name]: left } }));
        left = answer.UnprocessedItems?.[this.name] ?? [];
        if (left.length > 0) await sleep(pause);
      }
    }
  }

  #key(item: Item): Item {
    return Object.fromEntries(this.#keys.map((name) => [name, item[name]!]));
  }
}

const longer = (pause: number): number => Math.min(LONGEST_PAUSE_MS, 2 * pause);
