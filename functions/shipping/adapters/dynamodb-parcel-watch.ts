import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { parseOrderId } from '../../shared/kernel/ids.ts';
import type { ParcelWatch, WatchedParcels } from '../application/parcel-watch-ports.ts';
import { SHIPPING_TABLES } from './tables.ts';

const { partitionKey: KEY, indexes } = SHIPPING_TABLES.parcelWatch;
const { partitionKey: WATCHED, sortKey: AT } = indexes.byLook;
const [INDEX] = Object.keys(indexes);
/** The one partition of the index. */
const PARCELS = 'parcels';

/** An item for each order with parcels under way. */
export class DynamoDbParcelWatch implements ParcelWatch {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async keep({ orderId, lookAt }: WatchedParcels): Promise<void> {
    const Item = { [KEY]: orderId, [WATCHED]: PARCELS, [AT]: timeOf(lookAt) };
    await this.#db.send(new PutCommand({ TableName: this.#table, Item }));
  }

  async due(now: number, limit: number): Promise<readonly WatchedParcels[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        KeyConditionExpression: '#watched = :parcels AND #at <= :now',
        ExpressionAttributeNames: { '#watched': WATCHED, '#at': AT },
        ExpressionAttributeValues: { ':parcels': PARCELS, ':now': timeOf(now) },
        Limit: limit,
      }),
    );
    return Items.map((item) => ({ orderId: parseOrderId(String(item[KEY])), lookAt: Date.parse(String(item[AT])) }));
  }

  async end({ orderId, lookAt }: WatchedParcels): Promise<void> {
    const deletion = new DeleteCommand({
      TableName: this.#table,
      Key: { [KEY]: orderId },
      ConditionExpression: '#at = :at',
      ExpressionAttributeNames: { '#at': AT },
      ExpressionAttributeValues: { ':at': timeOf(lookAt) },
    });
    await this.#db.send(deletion).catch((error: unknown) => {
      // Another parcel has left meanwhile, or it is ended already.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }
}

const timeOf = (at: number): string => new Date(at).toISOString();
