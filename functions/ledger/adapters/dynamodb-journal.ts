import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { upcast } from '../../shared/event-log/upcast.ts';
import type { Journal, JournalItem, JournalPlace, JournalPlaces } from '../application/ports.ts';
import { DAY_PART_NUMBERS } from '../domain/day-part.ts';
import type { Posting } from '../domain/entry.ts';
import { BOOK } from './book.ts';
import { LEDGER_TABLES } from './tables.ts';

const { partitionKey, sortKey } = LEDGER_TABLES.ledger.indexes.byDay;
/** Behind every time of a day. */
const END = 'T99';

interface Part {
  readonly day: string;
  readonly part: number;
  readonly until?: string | undefined;
  readonly after?: JournalPlace | undefined;
}

/** The index of the books by day. */
export class DynamoDbJournal implements Journal {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async *postingsOf(day: string, until?: string): AsyncIterable<Posting> {
    const reading = DAY_PART_NUMBERS.map((part) => this.#postingsIn({ day, part, until }));
    // A part may fail while another one is read: it is awaited below.
    for (const part of reading) part.catch(() => {});
    for (const part of reading) yield* await part;
  }

  async *itemsOf(day: string, places: JournalPlaces): AsyncIterable<JournalItem> {
    const parts = DAY_PART_NUMBERS.map((part) =>
      this.#items({ day, part, after: places[part] })[Symbol.asyncIterator](),
    );
    const heads = await Promise.all(parts.map((part) => part.next()));
    for (;;) {
      let first: JournalItem | undefined;
      for (const { value, done } of heads) {
        if (!done && (first === undefined || value.occurredAt < first.occurredAt)) first = value;
      }
      if (first === undefined) return;
      yield first;
      heads[first.part] = await parts[first.part]!.next();
    }
  }

  async #postingsIn(part: Part): Promise<readonly Posting[]> {
    const postings: Posting[] = [];
    for await (const { data } of this.#items(part)) {
      if ('entries' in data) for (const entry of data.entries) postings.push(...entry.postings);
      else postings.push(...data.postings);
    }
    return postings;
  }

  async *#items({ day, part, until, after }: Part): AsyncGenerator<JournalItem> {
    const key = { [partitionKey]: `${day}#${part}` };
    const pages = paginateQuery(
      { client: this.#db, ...(after && { startingToken: { ...key, ...after } }) },
      {
        TableName: this.#table,
        IndexName: 'byDay',
        KeyConditionExpression: '#part = :part AND #at BETWEEN :day AND :until',
        ExpressionAttributeNames: { '#part': partitionKey, '#at': sortKey },
        ExpressionAttributeValues: { ':part': key[partitionKey], ':day': day, ':until': until ?? day + END },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const item of Items) {
        const { bookId, version, occurredAt, type, data } = upcast(BOOK, item);
        yield { bookId, version, occurredAt, type, data, part, place: { bookId, version, occurredAt } };
      }
    }
  }
}
