import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { upcast } from '../../shared/event-log/upcast.ts';
import type { Journal } from '../application/ports.ts';
import { DAY_PARTS } from '../domain/day-part.ts';
import type { Posting } from '../domain/entry.ts';
import { BOOK } from './book.ts';
import { LEDGER_TABLES } from './tables.ts';

const { partitionKey, sortKey } = LEDGER_TABLES.ledger.indexes.byDay;

/** The index of the books by day. */
export class DynamoDbJournal implements Journal {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async *postingsOf(day: string): AsyncIterable<Posting> {
    for (let part = 0; part < DAY_PARTS; part += 1) {
      const pages = paginateQuery(
        { client: this.#db },
        {
          TableName: this.#table,
          IndexName: 'byDay',
          KeyConditionExpression: '#part = :part AND begins_with(#at, :day)',
          ExpressionAttributeNames: { '#part': partitionKey, '#at': sortKey },
          ExpressionAttributeValues: { ':part': `${day}#${part}`, ':day': day },
        },
      );
      for await (const { Items = [] } of pages) {
        for (const item of Items) {
          const event = upcast(BOOK, item);
          if (event.type === 'EntriesPosted') yield* event.data.entries.flatMap(({ postings }) => postings);
          else yield* event.data.postings;
        }
      }
    }
  }
}
