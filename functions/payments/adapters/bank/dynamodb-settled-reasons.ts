import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { TRANSFER_LOG_TABLES } from '../../../published/transfer-log-tables.ts';
import { VERSION_KEY } from '../../../shared/event-log/tables.ts';
import { ERASED } from '../../../shared/kernel/erased.ts';
import type { SettledReasons } from '../../application/bank-ports.ts';
import { PAYMENT_TABLES } from '../tables.ts';
import { HAS_REASON, keyOf, PREFIX } from './dynamodb-unmatched-transfers.ts';

const { partitionKey: KEY, indexes } = PAYMENT_TABLES.bankTransfers;
const { partitionKey: OPEN, sortKey: READ_AT } = indexes.byOpen;
const [INDEX] = Object.keys(indexes);
const TRANSFER_ID = TRANSFER_LOG_TABLES.transferLog.partitionKey;

/** In the table of transfers, and in their log: the one writer that changes what is there, and nothing but this text. */
export class DynamoDbSettledReasons implements SettledReasons {
  readonly #db: DynamoDBDocumentClient;
  readonly #tables: { readonly transfers: string; readonly log: string };

  constructor(db: DynamoDBDocumentClient, tables: { readonly transfers: string; readonly log: string }) {
    this.#db = db;
    this.#tables = tables;
  }

  async before(before: string, limit: number): Promise<readonly string[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#tables.transfers,
        IndexName: INDEX,
        KeyConditionExpression: '#open = :reason AND #readAt < :before',
        ExpressionAttributeNames: { '#open': OPEN, '#readAt': READ_AT },
        ExpressionAttributeValues: { ':reason': HAS_REASON, ':before': before },
        Limit: limit,
      }),
    );
    return Items.map((item) => String(item[KEY]).slice(PREFIX.length));
  }

  /** The log first: what is interrupted is found again. */
  async forget(transferId: string): Promise<void> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#tables.log,
        ConsistentRead: true,
        KeyConditionExpression: '#id = :id',
        FilterExpression: 'attribute_exists(#data.#reason)',
        ExpressionAttributeNames: { '#id': TRANSFER_ID, '#data': 'data', '#reason': 'reason' },
        ExpressionAttributeValues: { ':id': transferId },
      }),
    );
    for (const item of Items) {
      await this.#replace(
        this.#tables.log,
        { [TRANSFER_ID]: transferId, [VERSION_KEY]: item[VERSION_KEY] as unknown },
        'data',
      );
    }
    await this.#replace(this.#tables.transfers, keyOf(transferId), 'decision');
  }

  /** @param parent the attribute that has the reason */
  async #replace(
    TableName: string,
    Key: Readonly<Record<string, unknown>>,
    parent: 'data' | 'decision',
  ): Promise<void> {
    const isListed = parent === 'decision';
    try {
      await this.#db.send(
        new UpdateCommand({
          TableName,
          Key,
          UpdateExpression: `SET #parent.#reason = :erased${isListed ? ' REMOVE #open' : ''}`,
          ConditionExpression: `attribute_exists(#parent.#reason)${isListed ? ' AND #open = :reason' : ''}`,
          ExpressionAttributeNames: { '#parent': parent, '#reason': 'reason', ...(isListed ? { '#open': OPEN } : {}) },
          ExpressionAttributeValues: { ':erased': ERASED, ...(isListed ? { ':reason': HAS_REASON } : {}) },
        }),
      );
    } catch (error) {
      // Somebody else was here before.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
