import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { Erasure, Erasures, OrderToErase } from '../application/erasure-ports.ts';
import { ORDER_TABLES } from './tables.ts';

const { partitionKey: CUSTOMER, sortKey: ENTRY, indexes } = ORDER_TABLES.erasures;
const { partitionKey: SHELF, sortKey: DUE } = indexes.byDue;
const [INDEX] = Object.keys(indexes);

const ERASURE = 'erasure#';
const UNDER_WAY = 'under_way';
/** So many are looked at in one run. */
const DUE_TOGETHER = 50;

/** An item for each erasure, and one for each of its orders. */
export class DynamoDbErasures implements Erasures {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async begin(erasure: Erasure): Promise<Erasure> {
    if (await this.#putNew(itemOf(erasure, erasure.requestedAt))) return erasure;
    const begun = await this.find(erasure.customerId, erasure.erasureId);
    if (!begun) throw new Error(`Erasure ${erasure.erasureId} is gone.`);
    return begun;
  }

  async find(customerId: CustomerId, erasureId: string): Promise<Erasure | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({
        TableName: this.#table,
        Key: { [CUSTOMER]: customerId, [ENTRY]: ERASURE + erasureId },
        ConsistentRead: true,
      }),
    );
    return Item && erasureIn(Item);
  }

  async of(customerId: CustomerId): Promise<readonly Erasure[]> {
    const found = (await this.#beginning(customerId, ERASURE)).map(erasureIn);
    return found.sort((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1));
  }

  async due(now: string): Promise<readonly Erasure[]> {
    const due = await this.#query({
      IndexName: INDEX,
      Limit: DUE_TOGETHER,
      KeyConditionExpression: '#shelf = :shelf AND #due <= :now',
      ExpressionAttributeNames: { '#shelf': SHELF, '#due': DUE },
      ExpressionAttributeValues: { ':shelf': UNDER_WAY, ':now': now },
    });
    return due.map(erasureIn);
  }

  async orders({ customerId, erasureId }: Erasure): Promise<readonly OrderToErase[]> {
    return (await this.#beginning(customerId, `order#${erasureId}#`)).map(
      ({ [CUSTOMER]: _, [ENTRY]: __, ...order }) => order as unknown as OrderToErase,
    );
  }

  async add(erasure: Erasure, orderIds: readonly OrderId[]): Promise<void> {
    for (const orderId of orderIds) await this.#putNew(orderItemOf(erasure, { orderId, state: 'found' }));
  }

  async note(erasure: Erasure, order: OrderToErase): Promise<void> {
    await this.#db.send(new PutCommand({ TableName: this.#table, Item: orderItemOf(erasure, order) }));
  }

  async save(erasure: Erasure, next: string | undefined): Promise<void> {
    await this.#db.send(new PutCommand({ TableName: this.#table, Item: itemOf(erasure, next) }));
  }

  #beginning(customerId: CustomerId, entry: string) {
    return this.#query({
      ConsistentRead: true,
      KeyConditionExpression: '#customer = :customer AND begins_with(#entry, :entry)',
      ExpressionAttributeNames: { '#customer': CUSTOMER, '#entry': ENTRY },
      ExpressionAttributeValues: { ':customer': customerId, ':entry': entry },
    });
  }

  async #query({ Limit, ...query }: Omit<QueryCommandInput, 'TableName'>): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client: this.#db, ...(Limit ? { pageSize: Limit } : {}) },
      { TableName: this.#table, ...query },
    );
    for await (const { Items = [] } of pages) {
      items.push(...Items);
      if (Limit !== undefined && items.length >= Limit) break;
    }
    return items;
  }

  /** @returns whether there was none */
  async #putNew(Item: Readonly<Record<string, unknown>>): Promise<boolean> {
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item,
          ConditionExpression: 'attribute_not_exists(#entry)',
          ExpressionAttributeNames: { '#entry': ENTRY },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const itemOf = (erasure: Erasure, due: string | undefined) => ({
  ...erasure,
  [ENTRY]: ERASURE + erasure.erasureId,
  ...(due === undefined ? {} : { [SHELF]: UNDER_WAY, [DUE]: due }),
});

const orderItemOf = ({ customerId, erasureId }: Erasure, order: OrderToErase) => ({
  ...order,
  [CUSTOMER]: customerId,
  [ENTRY]: `order#${erasureId}#${order.orderId}`,
});

function erasureIn(item: Readonly<Record<string, unknown>>): Erasure {
  const { [ENTRY]: _, [SHELF]: __, [DUE]: ___, ...erasure } = item;
  return erasure as unknown as Erasure;
}
