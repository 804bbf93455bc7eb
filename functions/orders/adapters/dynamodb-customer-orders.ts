import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { CustomerOrders, CustomerOrdersQuery, Page, PlaceInList } from '../application/ports.ts';
import type { OrderSummary } from '../domain/order-summary.ts';
import { placedAt, summaryOfEntry } from './order-view-rows.ts';
import { ORDER_TABLES } from './tables.ts';

const INDEX = 'byCustomer' satisfies keyof typeof ORDER_TABLES.orderView.indexes;
const { partitionKey, sortKey } = ORDER_TABLES.orderView.indexes.byCustomer;

/**
 * DynamoDB filters by status after it has read: the number of orders in one read, and the number of reads for one page.
 */
const LOOKED_AT_IN_ONE_READ = 100;
const READS_PER_PAGE = 10;
/** Between which every `placed` lies. */
const EARLIEST = '0';
const LATEST = '~';

type Key = NonNullable<QueryCommandInput['ExclusiveStartKey']>;

/** Customers' orders from the index of the view table. */
export class DynamoDbCustomerOrders implements CustomerOrders {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async page(query: CustomerOrdersQuery, limit: number, after?: PlaceInList): Promise<Page<OrderSummary, PlaceInList>> {
    const items: OrderSummary[] = [];
    let start = after && keyOf(query, after);
    for (let read = 0; read < READS_PER_PAGE; read += 1) {
      // One more than wanted tells whether there is another page.
      const atMost = query.status === undefined ? limit + 1 - items.length : LOOKED_AT_IN_ONE_READ;
      const found = await this.#read(query, atMost, start);
      for (const summary of found.summaries) {
        if (items.length === limit) return { items, next: placeOf(items.at(-1)!) };
        items.push(summary);
      }
      start = found.readTo;
      if (!start) return { items };
    }
    return { items, next: placeOfKey(start!) };
  }

  async #read(
    query: CustomerOrdersQuery,
    Limit: number,
    start: Key | undefined,
  ): Promise<{ summaries: OrderSummary[]; readTo: Key | undefined }> {
    const { customerId, status, from, to } = query;
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        ScanIndexForward: false,
        Limit,
        KeyConditionExpression: '#customer = :customer AND #placed BETWEEN :from AND :to',
        ExpressionAttributeNames: {
          '#customer': partitionKey,
          '#placed': sortKey,
          ...(status === undefined ? {} : { '#status': 'status' }),
        },
        ExpressionAttributeValues: {
          ':customer': customerId,
          ':from': from ?? EARLIEST,
          ':to': to === undefined ? LATEST : `${to}${LATEST}`,
          ...(status === undefined ? {} : { ':status': status }),
        },
        ...(status === undefined ? {} : { FilterExpression: '#status = :status' }),
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    return { summaries: Items.map(summaryOfEntry), readTo: LastEvaluatedKey };
  }
}

/** Takes only the position from the cursor: whatever it says, the key belongs to the requested customer. */
const keyOf = ({ customerId }: CustomerOrdersQuery, place: PlaceInList): Key => ({
  [ORDER_TABLES.orderView.partitionKey]: place.orderId,
  [partitionKey]: customerId,
  [sortKey]: placedAt(place),
});

const placeOf = ({ createdAt, orderId }: OrderSummary): PlaceInList => ({ createdAt, orderId });

function placeOfKey(key: Key): PlaceInList {
  const [createdAt = '', orderId = ''] = (key[sortKey] as string).split('#');
  return { createdAt, orderId };
}
