import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, paginateScan, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { batchWrite } from '../../shared/edge/batch-write.ts';
import type { ErasableIndex } from '../application/erasure-ports.ts';
import type { AllIndexEntries, IndexEntry, IndexedOrder, SearchIndex } from '../application/ports.ts';
import type { IndexTerm } from '../domain/lists.ts';
import type { Term } from '../domain/search/terms.ts';
import { bucketFor, bucketOf, entryOf, isEntry, kindOf, readEntry } from './search-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const { partitionKey: BUCKET, sortKey: ENTRY } = ORDER_TABLES.orderSearch;

/** What DynamoDB takes in one call. */
const BATCH = 25;
const SCANNED_AT_ONCE = 100;
/** Sorts behind every other, in the order of UTF-8 bytes that DynamoDB sorts by. */
const LAST_CHARACTER = '\u{10ffff}';

/** An item per order and term. Nothing of it is changed while the order keeps the term. */
export class DynamoDbSearchIndex implements SearchIndex, AllIndexEntries, ErasableIndex {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async add(order: IndexedOrder, terms: readonly IndexTerm[]): Promise<void> {
    const puts = searchRows(order, terms).map((Item) => ({ PutRequest: { Item } }));
    for (let start = 0; start < puts.length; start += BATCH) {
      await batchWrite(this.#db, this.#table, puts.slice(start, start + BATCH));
    }
  }

  async remove(order: IndexedOrder, terms: readonly IndexTerm[]): Promise<void> {
    await Promise.all(
      searchRows(order, terms).map(async ({ [BUCKET]: bucket, [ENTRY]: entry, version }) => {
        try {
          await this.#db.send(
            new DeleteCommand({
              TableName: this.#table,
              Key: { [BUCKET]: bucket, [ENTRY]: entry },
              ConditionExpression: 'attribute_not_exists(#version) OR #version <= :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': version },
            }),
          );
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        }
      }),
    );
  }

  async forget(order: IndexedOrder, terms: readonly Term[]): Promise<void> {
    // A batch takes no key twice.
    const keys = new Map(
      searchRows(order, terms).map(({ [BUCKET]: bucket, [ENTRY]: entry }) => [
        `${bucket} ${entry}`,
        { [BUCKET]: bucket, [ENTRY]: entry },
      ]),
    );
    const deletes = [...keys.values()].map((Key) => ({ DeleteRequest: { Key } }));
    for (let start = 0; start < deletes.length; start += BATCH) {
      await batchWrite(this.#db, this.#table, deletes.slice(start, start + BATCH));
    }
  }

  async find(beginning: Term, limit: number, after?: string): Promise<{ entries: IndexEntry[]; more: boolean }> {
    const bucket = bucketOf(beginning);
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        Limit: limit,
        // The terms that begin with the text, as a range: for begins_with DynamoDB Local reads the whole bucket, which
        // grows with the orders.
        KeyConditionExpression: '#bucket = :bucket AND #entry BETWEEN :text AND :end',
        ExpressionAttributeNames: { '#bucket': BUCKET, '#entry': ENTRY },
        ExpressionAttributeValues: {
          ':bucket': bucket,
          ':text': beginning.text,
          ':end': `${beginning.text}${LAST_CHARACTER}`,
        },
        ...(after === undefined ? {} : { ExclusiveStartKey: { [BUCKET]: bucket, [ENTRY]: after } }),
      }),
    );
    const entries = Items.map((item) => item[ENTRY] as string).map((place) => {
      const { text, orderId } = readEntry(place);
      return { term: { kind: beginning.kind, text }, orderId, place };
    });
    return { entries, more: LastEvaluatedKey !== undefined };
  }

  async *readAll(): AsyncIterable<readonly IndexEntry<IndexTerm>[]> {
    for await (const { Items = [] } of paginateScan(
      { client: this.#db, pageSize: SCANNED_AT_ONCE },
      { TableName: this.#table },
    )) {
      yield Items.filter((item) => isEntry(item[BUCKET] as string)).map((item) => {
        const place = item[ENTRY] as string;
        const { text, orderId } = readEntry(place);
        return { term: { kind: kindOf(item[BUCKET] as string), text }, orderId, place };
      });
    }
  }
}

/** The items of an order under these terms. */
export const searchRows = (order: IndexedOrder, terms: readonly IndexTerm[]) =>
  terms.map((term) => ({ [BUCKET]: bucketFor(term, order), [ENTRY]: entryOf(term, order), version: order.version }));
