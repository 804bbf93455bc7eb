import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { EVENT_LOG_TABLES } from '../../shared/event-log/tables.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Snapshots } from '../application/ports.ts';
import type { ExistingOrder } from '../domain/state.ts';

const KEY = EVENT_LOG_TABLES.orderSnapshots.partitionKey;

/**
 * The shape and the meaning of `ExistingOrder` in snapshots. Raise it with every change of the state or of how events are
 * folded into it: snapshots are never migrated, the next load folds the stream and the next projection takes a new one.
 */
export const SNAPSHOT_SCHEMA = 2;

/** One item per order: the newest snapshot, as JSON text, for nobody asks for a part of it. */
export class DynamoDbSnapshots implements Snapshots {
  readonly every: number;
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string, every: number) {
    this.#db = db;
    this.#table = tableName;
    this.every = every;
  }

  /** An older snapshot is as right as the newest, so the read need not be consistent. */
  async find(orderId: OrderId): Promise<ExistingOrder | undefined> {
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: { [KEY]: orderId } }));
    return Item?.schemaVersion === SNAPSHOT_SCHEMA ? (JSON.parse(Item.order as string) as ExistingOrder) : undefined;
  }

  async save(order: ExistingOrder): Promise<void> {
    try {
      await this.#db.send(
        new PutCommand({
          TableName: this.#table,
          Item: {
            [KEY]: order.orderId,
            schemaVersion: SNAPSHOT_SCHEMA,
            version: order.version,
            order: JSON.stringify(order),
          },
          // Of two deployments at work at once the newer one has its way.
          ConditionExpression:
            'attribute_not_exists(#key) OR #schema < :schema OR (#schema = :schema AND #version < :version)',
          ExpressionAttributeNames: { '#key': KEY, '#schema': 'schemaVersion', '#version': 'version' },
          ExpressionAttributeValues: { ':schema': SNAPSHOT_SCHEMA, ':version': order.version },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
