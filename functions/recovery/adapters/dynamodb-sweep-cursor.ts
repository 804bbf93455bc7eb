import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type OrderId, parseOrderId } from '../../shared/kernel/ids.ts';
import type { SweepCursor } from '../application/sweep-ports.ts';
import { RECOVERY_TABLES } from './tables.ts';

const { partitionKey, sortKey } = RECOVERY_TABLES.recoveryWaits;
const KEY = { [partitionKey]: 'SWEEP', [sortKey]: 'cursor' };

/** One item of the table of waits. */
export class DynamoDbSweepCursor implements SweepCursor {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(): Promise<OrderId | undefined> {
    const { Item } = await this.#db.send(new GetCommand({ TableName: this.#table, Key: KEY, ConsistentRead: true }));
    return Item && parseOrderId(String(Item.after));
  }

  async save(after: OrderId | undefined): Promise<void> {
    const of = { TableName: this.#table };
    if (after === undefined) await this.#db.send(new DeleteCommand({ ...of, Key: KEY }));
    else await this.#db.send(new PutCommand({ ...of, Item: { ...KEY, after } }));
  }
}
