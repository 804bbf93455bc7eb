import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { Event, RecordedEvent } from '../kernel/events.ts';
import type { Aggregate } from './aggregate.ts';
import type { EventStream, EventStreams, ReadAllOptions } from './port.ts';
import { VERSION_KEY } from './tables.ts';
import { upcast } from './upcast.ts';

/** Beyond every version: where a stream that was read goes on cannot be told from where it ended. */
const PAST_EVERY_VERSION = Number.MAX_SAFE_INTEGER;

/** All streams of the log on DynamoDB, by a scan: it gives the items of one aggregate together, and of their order it promises nothing. */
export class DynamoDbEventStreams<E extends Event, IdField extends string, Id extends string>
  implements EventStreams<E, IdField, Id>
{
  readonly #aggregate: Aggregate<E, IdField, Id>;
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(aggregate: Aggregate<E, IdField, Id>, db: DynamoDBDocumentClient, tableName: string) {
    this.#aggregate = aggregate;
    this.#db = db;
    this.#table = tableName;
  }

  async *readAll(options: ReadAllOptions<Id> = {}): AsyncIterable<EventStream<E, IdField, Id>> {
    let stream: { id: Id; events: RecordedEvent<E, IdField, Id>[] } | undefined;
    for await (const item of this.#scan(options)) {
      const id = this.#aggregate.parseId(String(item[this.#aggregate.idField]));
      if (stream?.id !== id) {
        if (stream) yield byVersion(stream);
        stream = { id, events: [] };
      }
      stream.events.push(upcast(this.#aggregate, item));
    }
    if (stream) yield byVersion(stream);
  }

  /** A page may end within a stream, so that the next one goes on with it. */
  async *#scan({ segment, after }: ReadAllOptions<Id>): AsyncIterable<Readonly<Record<string, unknown>>> {
    const keyAfter = after && { [this.#aggregate.idField]: after, [VERSION_KEY]: PAST_EVERY_VERSION };
    const pages = paginateScan(
      { client: this.#db, ...(keyAfter ? { startingToken: keyAfter } : {}) },
      {
        TableName: this.#table,
        ConsistentRead: true,
        ...(segment ? { Segment: segment.index, TotalSegments: segment.of } : {}),
      },
    );
    for await (const { Items = [] } of pages) yield* Items;
  }
}

function byVersion<Stream extends EventStream<Event, string, string>>(stream: Stream): Stream {
  return { ...stream, events: stream.events.toSorted((one, other) => one.version - other.version) };
}
