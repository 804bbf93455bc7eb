import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Breaks } from '../application/ports.ts';
import { type BookId, bookOf } from '../domain/book-id.ts';
import type { Finding } from '../domain/finding.ts';
import { LEDGER_TABLES } from './tables.ts';

const { partitionKey, sortKey } = LEDGER_TABLES.ledgerReports;
const REPORT = 'breaks';

/** One item per broken rule of an order or an article, the oldest first. There are few: they keep the rules. */
export class DynamoDbBreaks implements Breaks {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;
  /** The lines that the list has of each book, once it was read: then only what differs is written. */
  #lines: Promise<Map<BookId, Set<string>>> | undefined;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async has(bookId: BookId): Promise<boolean> {
    return (await this.#known()).has(bookId);
  }

  async replace(bookId: BookId, findings: readonly Finding[]): Promise<void> {
    const known = await this.#known();
    const before = known.get(bookId) ?? new Set();
    const now = new Map(findings.map((finding) => [lineOf(finding), finding]));
    for (const [line, finding] of now) {
      await this.#db.send(
        new PutCommand({ TableName: this.#table, Item: { [partitionKey]: REPORT, [sortKey]: line, finding } }),
      );
    }
    for (const line of before) {
      if (now.has(line)) continue;
      await this.#db.send(
        new DeleteCommand({ TableName: this.#table, Key: { [partitionKey]: REPORT, [sortKey]: line } }),
      );
    }
    if (now.size > 0) known.set(bookId, new Set(now.keys()));
    else known.delete(bookId);
  }

  async page(limit: number, after?: string): Promise<{ readonly items: readonly Finding[]; readonly next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        ...this.#query(),
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { [partitionKey]: REPORT, [sortKey]: after } }),
      }),
    );
    const next = LastEvaluatedKey?.[sortKey] as string | undefined;
    return { items: Items.map((item) => item.finding as Finding), ...(next === undefined ? {} : { next }) };
  }

  #known(): Promise<Map<BookId, Set<string>>> {
    return (this.#lines ??= this.#readLines());
  }

  async #readLines(): Promise<Map<BookId, Set<string>>> {
    const lines = new Map<BookId, Set<string>>();
    for await (const { Items = [] } of paginateQuery({ client: this.#db }, this.#query())) {
      for (const item of Items) {
        const bookId = bookOf(item.finding as Finding);
        lines.set(bookId, (lines.get(bookId) ?? new Set()).add(String(item[sortKey])));
      }
    }
    return lines;
  }

  #query() {
    return {
      TableName: this.#table,
      KeyConditionExpression: '#report = :report',
      ExpressionAttributeNames: { '#report': partitionKey },
      ExpressionAttributeValues: { ':report': REPORT },
      ConsistentRead: true,
    };
  }
}

const lineOf = (finding: Finding): string => `${finding.since}#${bookOf(finding)}#${finding.rule}`;
