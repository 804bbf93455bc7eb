import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../kernel/ids.ts';
import { eventOf } from './dynamodb-order-log.ts';
import type { AllOrderStreams, OrderStream, ReadAllOptions } from './port.ts';
import { EVENT_LOG_TABLES } from './tables.ts';

const { partitionKey, sortKey } = EVENT_LOG_TABLES.orderLog;
/** Beyond every version: where a stream that was read goes on cannot be told from where it ended. */
const PAST_EVERY_VERSION = Number.MAX_SAFE_INTEGER;

/** All streams of the log on DynamoDB, by a scan: it gives the items of one order together and by version. */
export class DynamoDbOrderStreams implements AllOrderStreams {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async *readAll(options: ReadAllOptions = {}): AsyncIterable<OrderStream> {
    let events: RecordedOrderEvent[] = [];
    for await (const event of this.#scan(options)) {
      const [first] = events;
      if (first && first.orderId !== event.orderId) {
        yield { orderId: first.orderId, events };
        events = [];
      }
      events.push(event);
    }
    const [first] = events;
    if (first) yield { orderId: first.orderId, events };
  }

  /** A page may end within a stream, so that the next one goes on with it. */
  async *#scan({ segment, after }: ReadAllOptions): AsyncIterable<RecordedOrderEvent> {
    const pages = paginateScan(
      { client: this.#db, ...(after ? { startingToken: keyAfter(after) } : {}) },
      {
        TableName: this.#table,
        ConsistentRead: true,
        ...(segment ? { Segment: segment.index, TotalSegments: segment.of } : {}),
      },
    );
    for await (const { Items = [] } of pages) yield* Items.map(eventOf);
  }
}

const keyAfter = (orderId: OrderId) => ({ [partitionKey]: orderId, [sortKey]: PAST_EVERY_VERSION });
