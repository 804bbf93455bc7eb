import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { UnmatchedTransfers } from '../../application/bank-ports.ts';
import type { TransferDecision, UnmatchedTransfer } from '../../domain/unmatched-transfer.ts';
import { PAYMENT_TABLES } from '../tables.ts';

const { partitionKey: KEY, indexes } = PAYMENT_TABLES.bankTransfers;
const { partitionKey: OPEN, sortKey: READ_AT } = indexes.byOpen;
const [INDEX] = Object.keys(indexes);
/** What a transfer's key begins with. */
export const PREFIX = 'unmatched#';
/** The index has the items with this attribute: those that are not settled, and apart from them settled ones with the reason of a person. */
const IS_OPEN = 'yes';
export const HAS_REASON = 'reason';

export class DynamoDbUnmatchedTransfers implements UnmatchedTransfers {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async keep({ transferId, ...transfer }: UnmatchedTransfer): Promise<void> {
    const put = new PutCommand({
      TableName: this.#table,
      Item: { ...keyOf(transferId), [OPEN]: IS_OPEN, ...transfer },
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': KEY },
    });
    await this.#db.send(put).catch(unlessConditionFailed);
  }

  async find(transferId: string): Promise<UnmatchedTransfer | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: keyOf(transferId), ConsistentRead: true }),
    );
    return Item && transferIn(Item);
  }

  async page(limit: number, after?: Pick<UnmatchedTransfer, 'transferId' | 'readAt'>) {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        IndexName: INDEX,
        KeyConditionExpression: '#open = :open',
        ExpressionAttributeNames: { '#open': OPEN },
        ExpressionAttributeValues: { ':open': IS_OPEN },
        Limit: limit,
        ...(after && { ExclusiveStartKey: { ...keyOf(after.transferId), [OPEN]: IS_OPEN, [READ_AT]: after.readAt } }),
      }),
    );
    return Items.map(transferIn);
  }

  async decide(transferId: string, decision: TransferDecision): Promise<UnmatchedTransfer> {
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: keyOf(transferId),
      UpdateExpression: 'SET decision = :decision REMOVE refusedAt',
      ConditionExpression: 'attribute_exists(#key) AND (attribute_not_exists(decision) OR attribute_exists(refusedAt))',
      ExpressionAttributeNames: { '#key': KEY },
      ExpressionAttributeValues: { ':decision': decision },
    });
    await this.#db.send(update).catch(unlessConditionFailed);
    const decided = await this.find(transferId);
    if (decided === undefined) throw new Error(`There is no transfer ${transferId}.`);
    return decided;
  }

  async refuse(transferId: string, decision: TransferDecision, at: string): Promise<void> {
    const update = new UpdateCommand({
      TableName: this.#table,
      Key: keyOf(transferId),
      UpdateExpression: 'SET refusedAt = :at',
      ConditionExpression: 'decision.decidedAt = :decidedAt',
      ExpressionAttributeValues: { ':at': at, ':decidedAt': decision.decidedAt },
    });
    await this.#db.send(update).catch(unlessConditionFailed);
  }

  async settle({ transferId, decision }: Pick<UnmatchedTransfer, 'transferId' | 'decision'>): Promise<void> {
    const hasReason = decision !== undefined && 'reason' in decision;
    await this.#db.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(transferId),
        UpdateExpression: hasReason ? 'SET #open = :reason REMOVE details' : 'REMOVE #open, details',
        ConditionExpression: 'attribute_exists(#key)',
        ExpressionAttributeNames: { '#key': KEY, '#open': OPEN },
        ...(hasReason ? { ExpressionAttributeValues: { ':reason': HAS_REASON } } : {}),
      }),
    );
  }
}

export const keyOf = (transferId: string) => ({ [KEY]: `${PREFIX}${transferId}` });

const transferIn = ({ [KEY]: key, [OPEN]: _, ...transfer }: Record<string, unknown>): UnmatchedTransfer =>
  ({ ...transfer, transferId: String(key).slice(PREFIX.length) }) as UnmatchedTransfer;

function unlessConditionFailed(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
