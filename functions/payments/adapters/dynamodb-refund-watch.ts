import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { parseOrderId } from '../../shared/kernel/ids.ts';
import type { RefundWatch, WatchedRefunds } from '../application/refund-watch-ports.ts';
import { PAYMENT_TABLES } from './tables.ts';

const { partitionKey: KEY, indexes } = PAYMENT_TABLES.bankTransfers;
const { partitionKey: OPEN, sortKey: AT } = indexes.byOpen;
const [INDEX] = Object.keys(indexes);
/** What the key of an item begins with, and where the index has it. */
const PREFIX = 'refunds#';
const WATCHED = 'refunds';

/** In the table of payments, an item for each order whose refunds are watched. This is all that who begins it needs. */
export class RefundWatchBeginning implements Pick<RefundWatch, 'keep'> {
  protected readonly db: DynamoDBDocumentClient;
  protected readonly table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.db = db;
    this.table = tableName;
  }

  /** An older one takes no newer one's place. */
  async keep({ orderId, since }: WatchedRefunds, lookAt: number): Promise<void> {
    const put = new PutCommand({
      TableName: this.table,
      Item: { ...keyOf(orderId), [OPEN]: WATCHED, [AT]: new Date(lookAt).toISOString(), details: { since } },
      ConditionExpression: 'attribute_not_exists(#key) OR #details.#since <= :since',
      ExpressionAttributeNames: { '#key': KEY, ...SINCE },
      ExpressionAttributeValues: { ':since': since },
    });
    await this.db.send(put).catch(unlessConditionFailed);
  }
}

export class DynamoDbRefundWatch extends RefundWatchBeginning implements RefundWatch {
  async due(now: number, limit: number): Promise<readonly WatchedRefunds[]> {
    const { Items = [] } = await this.db.send(
      new QueryCommand({
        TableName: this.table,
        IndexName: INDEX,
        KeyConditionExpression: '#open = :watched AND #at <= :now',
        ExpressionAttributeNames: { '#open': OPEN, '#at': AT },
        ExpressionAttributeValues: { ':watched': WATCHED, ':now': new Date(now).toISOString() },
        Limit: limit,
      }),
    );
    return Items.map((found) => {
      const { [KEY]: key, details } = found as { readonly [KEY]: string; readonly details: { readonly since: number } };
      return { orderId: parseOrderId(key.slice(PREFIX.length)), since: details.since };
    });
  }

  async end({ orderId, since }: WatchedRefunds): Promise<void> {
    const deletion = new DeleteCommand({
      TableName: this.table,
      Key: keyOf(orderId),
      ConditionExpression: '#details.#since = :since',
      ExpressionAttributeNames: SINCE,
      ExpressionAttributeValues: { ':since': since },
    });
    await this.db.send(deletion).catch(unlessConditionFailed);
  }
}

/** There was another refund since: it is watched from then on. */
function unlessConditionFailed(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}

const SINCE = { '#details': 'details', '#since': 'since' };
const keyOf = (orderId: OrderId) => ({ [KEY]: `${PREFIX}${orderId}` });
