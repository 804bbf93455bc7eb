import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Timer, Timers } from '../application/ports.ts';
import type { AwaitedPartner } from '../domain/waiting-step.ts';
import { RECOVERY_TABLES } from './tables.ts';

const { partitionKey, sortKey } = RECOVERY_TABLES.recoveryWaits;
const keyOf = (partner: AwaitedPartner) => ({ [partitionKey]: `PARTNER#${partner}`, [sortKey]: 'timer' });

function timerIn(item: Readonly<Record<string, unknown>>): Timer {
  const { messageId, dueAt, rounds, touches, touchedAt } = item as Readonly<Record<string, number>>;
  return {
    ...(messageId === undefined ? {} : { message: { id: String(messageId), dueAt: dueAt! } }),
    rounds: rounds!,
    touches: touches!,
    touchedAt: touchedAt!,
  };
}

/** An item for each partner that orders wait for. */
export class DynamoDbTimers implements Timers {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(partner: AwaitedPartner): Promise<Timer | undefined> {
    const { Item } = await this.#db.send(
      new GetCommand({ TableName: this.#table, Key: keyOf(partner), ConsistentRead: true }),
    );
    return Item && timerIn(Item);
  }

  async touch(partner: AwaitedPartner, at: number): Promise<Timer> {
    const { Attributes } = await this.#db.send(
      new UpdateCommand({
        TableName: this.#table,
        Key: keyOf(partner),
        UpdateExpression: 'ADD touches :one SET touchedAt = :at, rounds = if_not_exists(rounds, :zero)',
        ExpressionAttributeValues: { ':one': 1, ':at': at, ':zero': 0 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return timerIn(Attributes!);
  }

  async set(
    partner: AwaitedPartner,
    seen: Timer | undefined,
    { id, dueAt, rounds }: { readonly id: string; readonly dueAt: number; readonly rounds: number },
  ): Promise<void> {
    const before = seen?.message?.id;
    await whenTrue(() =>
      this.#db.send(
        new UpdateCommand({
          TableName: this.#table,
          Key: keyOf(partner),
          UpdateExpression:
            'SET messageId = :id, dueAt = :dueAt, rounds = :rounds, touches = if_not_exists(touches, :zero), touchedAt = if_not_exists(touchedAt, :zero)',
          ConditionExpression: before === undefined ? 'attribute_not_exists(messageId)' : 'messageId = :before',
          ExpressionAttributeValues: {
            ':id': id,
            ':dueAt': dueAt,
            ':rounds': rounds,
            ':zero': 0,
            ...(before === undefined ? {} : { ':before': before }),
          },
        }),
      ),
    );
  }

  clear(partner: AwaitedPartner, { message, touches }: Timer): Promise<boolean> {
    return whenTrue(() =>
      this.#db.send(
        new DeleteCommand({
          TableName: this.#table,
          Key: keyOf(partner),
          ConditionExpression: `touches = :touches AND ${message ? 'messageId = :id' : 'attribute_not_exists(messageId)'}`,
          ExpressionAttributeValues: { ':touches': touches, ...(message ? { ':id': message.id } : {}) },
        }),
      ),
    );
  }
}

/** Whether the condition of the write was true, so that it was made. */
async function whenTrue(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
