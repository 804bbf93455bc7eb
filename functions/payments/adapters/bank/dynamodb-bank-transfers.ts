import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { type OrderId, parseOrderId } from '../../../shared/kernel/ids.ts';
import type { StatementMarks, TransferReferences } from '../../application/bank-ports.ts';
import type { StatementMark } from '../../domain/bank-statement.ts';
import { PAYMENT_TABLES } from '../tables.ts';

const { partitionKey } = PAYMENT_TABLES.bankTransfers;
const STATEMENTS = 'statements';

const kept = z.object({ orderId: z.string() });
const mark = z.object({ entryId: z.string(), sequence: z.int(), closing: z.record(z.string(), z.int()) });

/** The items of the table `bankTransfers`. */
class Items {
  readonly #db: DynamoDBDocumentClient;
  readonly #tableName: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#tableName = tableName;
  }

  protected async get(key: string): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#tableName, Key: { [partitionKey]: key }, ConsistentRead: true }),
    );
    return Item;
  }

  /** Resolves to false when the condition does not hold. */
  protected async put(item: Readonly<Record<string, unknown>>, condition: string, is?: string): Promise<boolean> {
    const named = condition.includes('#key') ? { ExpressionAttributeNames: { '#key': partitionKey } } : {};
    const valued = is === undefined ? {} : { ExpressionAttributeValues: { ':is': is } };
    try {
      await this.#db.send(
        new PutCommand({ TableName: this.#tableName, Item: item, ConditionExpression: condition, ...named, ...valued }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** The order of each reference. */
export class DynamoDbTransferReferences extends Items implements TransferReferences {
  async keep(reference: string, orderId: OrderId): Promise<void> {
    const isKept = await this.put(
      { [partitionKey]: reference, orderId },
      'attribute_not_exists(#key) OR orderId = :is',
      orderId,
    );
    if (!isKept) throw new Error(`The reference ${reference} of order ${orderId} is another order's.`);
  }

  async find(references: readonly string[]): Promise<OrderId | undefined> {
    for (const reference of references) {
      const item = await this.get(reference);
      if (item !== undefined) return parseOrderId(kept.parse(item).orderId);
    }
    return undefined;
  }
}

/** How far the statements were read. */
export class DynamoDbStatementMarks extends Items implements StatementMarks {
  async find(): Promise<StatementMark | undefined> {
    return mark.optional().parse(await this.get(STATEMENTS));
  }

  move(after: StatementMark, before: StatementMark | undefined): Promise<boolean> {
    const item = { [partitionKey]: STATEMENTS, ...after };
    return before === undefined
      ? this.put(item, 'attribute_not_exists(#key)')
      : this.put(item, 'entryId = :is', before.entryId);
  }
}
