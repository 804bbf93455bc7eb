import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/edge/batch-get.ts';
import { batchWrite } from '../../shared/edge/batch-write.ts';
import type { CustomerId, OrderId } from '../../shared/kernel/ids.ts';
import type { Erasure, ErasureKey, Erasures, OrderToErase } from '../application/erasure-ports.ts';
import { ORDER_TABLES } from './tables.ts';

const { partitionKey: CUSTOMER, sortKey: ENTRY, indexes } = ORDER_TABLES.erasures;
const { partitionKey: SHELF, sortKey: DUE } = indexes.byDue;
const [INDEX] = Object.keys(indexes);

type Item = Readonly<Record<string, unknown>>;

const ERASURE = 'erasure#';
const UNDER_WAY = 'under_way';
/** What DynamoDB takes in one call. */
const BATCH = 25;

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

  async due(now: string, limit: number): Promise<readonly ErasureKey[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        Limit: limit,
        KeyConditionExpression: '#shelf = :shelf AND #due <= :now',
        ExpressionAttributeNames: { '#shelf': SHELF, '#due': DUE },
        ExpressionAttributeValues: { ':shelf': UNDER_WAY, ':now': now },
      }),
    );
    return (Items as unknown as readonly Erasure[]).map(({ customerId, erasureId }) => ({ customerId, erasureId }));
  }

  async orders(erasure: ErasureKey): Promise<readonly OrderToErase[]> {
    return (await this.#beginning(erasure.customerId, orderEntryOf(erasure, ''))).map(orderIn);
  }

  async page(erasure: ErasureKey, limit: number, after?: OrderId) {
    const { Items = [], LastEvaluatedKey } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        ...beginning(erasure.customerId, orderEntryOf(erasure, '')),
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: keyOf(erasure, after) }),
      }),
    );
    const orders = Items.map(orderIn);
    const last = orders.at(-1);
    return LastEvaluatedKey === undefined || last === undefined ? { orders } : { orders, next: last.orderId };
  }

  /** Of two at the same time one may have an order looked at once more, which does no harm. */
  async add(erasure: ErasureKey, orderIds: readonly OrderId[]): Promise<void> {
    const keys = orderIds.map((orderId) => keyOf(erasure, orderId));
    const there = new Set((await batchGet(this.#db, this.#table, keys, 'strong')).map((item) => item.orderId));
    await this.note(
      erasure,
      orderIds.filter((orderId) => !there.has(orderId)).map((orderId) => ({ orderId, state: 'found' })),
    );
  }

  async note(erasure: ErasureKey, orders: readonly OrderToErase[]): Promise<void> {
    const puts = orders.map((order) => ({ PutRequest: { Item: { ...order, ...keyOf(erasure, order.orderId) } } }));
    for (let start = 0; start < puts.length; start += BATCH) {
      await batchWrite(this.#db, this.#table, puts.slice(start, start + BATCH));
    }
  }

  async save(erasure: Erasure, next: string | undefined): Promise<void> {
    await this.#db.send(new PutCommand({ TableName: this.#table, Item: itemOf(erasure, next) }));
  }

  async #beginning(customerId: CustomerId, entry: string): Promise<Item[]> {
    const items: Item[] = [];
    const query = { TableName: this.#table, ...beginning(customerId, entry) };
    for await (const { Items = [] } of paginateQuery({ client: this.#db }, query)) items.push(...Items);
    return items;
  }

  /** @returns whether there was none */
  async #putNew(Item: Item): Promise<boolean> {
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

const beginning = (customerId: CustomerId, entry: string) => ({
  ConsistentRead: true,
  KeyConditionExpression: '#customer = :customer AND begins_with(#entry, :entry)',
  ExpressionAttributeNames: { '#customer': CUSTOMER, '#entry': ENTRY },
  ExpressionAttributeValues: { ':customer': customerId, ':entry': entry },
});

const orderEntryOf = ({ erasureId }: ErasureKey, orderId: string): string => `order#${erasureId}#${orderId}`;

const keyOf = (erasure: ErasureKey, orderId: OrderId) => ({
  [CUSTOMER]: erasure.customerId,
  [ENTRY]: orderEntryOf(erasure, orderId),
});

function orderIn({ [CUSTOMER]: _, [ENTRY]: __, ...order }: Item): OrderToErase {
  return order as unknown as OrderToErase;
}

function erasureIn(item: Item): Erasure {
  const { [ENTRY]: _, [SHELF]: __, [DUE]: ___, ...erasure } = item;
  return erasure as unknown as Erasure;
}
