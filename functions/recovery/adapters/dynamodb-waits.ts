import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { SagaStep } from '../../published/order-events.ts';
import { parseOrderId } from '../../shared/kernel/ids.ts';
import { countWaiting } from '../../shared/outbound/adapters/waiting-orders.ts';
import type { Wait, WaitingOrder, WaitKey, Waits } from '../application/ports.ts';
import type { HeldBy } from '../domain/pause.ts';
import type { AwaitedPartner } from '../domain/waiting-step.ts';
import { RECOVERY_TABLES } from './tables.ts';

const { partitionKey, sortKey, timeToLive, indexes } = RECOVERY_TABLES.recoveryWaits;
type Index = keyof typeof indexes;

/** How long it is known that a step has waited: longer than a wait lasts before it is registered anew. */
const KEPT_SECONDS = 40 * 86_400;

const ORDER = 'ORDER#';
const subjectOf = (orderId: string): string => `${ORDER}${orderId}`;
const entryOf = ({ step, changeId }: WaitKey): string => (changeId === undefined ? step : `${step}#${changeId}`);
const keyOf = (wait: WaitKey) => ({ [partitionKey]: subjectOf(wait.orderId), [sortKey]: entryOf(wait) });

type Item = Readonly<Record<string, unknown>>;
const iso = (at: number): string => new Date(at).toISOString();
const timesOf = ({ since, readyAt, deadline }: WaitingOrder) => ({
  since: iso(since),
  readyAt: iso(readyAt),
  ...(deadline === undefined ? {} : { deadline: iso(deadline) }),
});

function waitingOrderIn(item: Item): WaitingOrder {
  const { since, readyAt, deadline, heldBy } = item as Readonly<Record<string, string>>;
  const [step, changeId] = String(item[sortKey]).split('#');
  return {
    orderId: parseOrderId(String(item[partitionKey]).slice(ORDER.length)),
    step: step as SagaStep,
    ...(changeId === undefined ? {} : { changeId }),
    since: Date.parse(since!),
    readyAt: Date.parse(readyAt!),
    heldBy: heldBy as HeldBy,
    ...(deadline === undefined ? {} : { deadline: Date.parse(deadline) }),
  };
}

function waitIn(item: Item): Wait {
  const { partner, kind, error, taskToken, returns, nothingSent } = item as unknown as Wait;
  return {
    ...waitingOrderIn(item),
    partner,
    kind,
    error,
    returns,
    ...(nothingSent === undefined ? {} : { nothingSent }),
    ...(taskToken === undefined ? {} : { taskToken }),
  };
}

/** An item for each wait. While its execution waits, it is in the index of its partner. */
export class DynamoDbWaits implements Waits {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(orderId: Wait['orderId']): Promise<readonly Wait[]> {
    const { Items = [] } = await this.#db.send(
      new QueryCommand({
        TableName: this.#table,
        ConsistentRead: true,
        KeyConditionExpression: '#key = :key',
        ExpressionAttributeNames: { '#key': partitionKey },
        ExpressionAttributeValues: { ':key': subjectOf(orderId) },
      }),
    );
    return Items.map(waitIn);
  }

  async put(wait: Wait & { readonly taskToken: string }): Promise<void> {
    const { partner, kind, error, taskToken, returns, heldBy, nothingSent = false } = wait;
    await this.#db.send(
      new PutCommand({
        TableName: this.#table,
        Item: {
          ...keyOf(wait),
          ...timesOf(wait),
          ...{ partner, waitingFor: partner, kind, error, taskToken, returns, heldBy },
          ...(nothingSent ? { nothingSent } : {}),
        },
      }),
    );
  }

  release(wait: Wait, at: number): Promise<void> {
    return this.#whileWaiting(wait, {
      UpdateExpression: 'REMOVE taskToken, waitingFor SET #expires = :expires',
      ExpressionAttributeNames: { '#expires': timeToLive },
      ExpressionAttributeValues: { ':expires': Math.ceil(at / 1_000) + KEPT_SECONDS },
    });
  }

  removeDeadline(wait: Wait): Promise<void> {
    return this.#whileWaiting(wait, { UpdateExpression: 'REMOVE deadline' });
  }

  async ready(partner: AwaitedPartner, limit: number): Promise<readonly WaitingOrder[]> {
    return ((await this.#waitingFor(partner, 'byReadiness', { Limit: limit })).Items ?? []).map(waitingOrderIn);
  }

  async ending(partner: AwaitedPartner, limit: number): Promise<readonly WaitingOrder[]> {
    return ((await this.#waitingFor(partner, 'byDeadline', { Limit: limit })).Items ?? []).map(waitingOrderIn);
  }

  count(partner: AwaitedPartner): Promise<number> {
    return countWaiting(this.#db, this.#table, partner);
  }

  #waitingFor(partner: AwaitedPartner, index: Index, query: Partial<QueryCommandInput>) {
    return this.#db.send(
      new QueryCommand({
        ...query,
        TableName: this.#table,
        IndexName: index,
        KeyConditionExpression: '#partner = :partner',
        ExpressionAttributeNames: { '#partner': indexes[index].partitionKey },
        ExpressionAttributeValues: { ':partner': partner },
      }),
    );
  }

  /** A step that waits anew has another token: what was meant for its last wait leaves it alone. */
  async #whileWaiting(wait: Wait, update: Partial<UpdateCommandInput>): Promise<void> {
    try {
      await this.#db.send(
        new UpdateCommand({
          ...update,
          TableName: this.#table,
          Key: keyOf(wait),
          ConditionExpression: 'taskToken = :token',
          ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':token': wait.taskToken ?? '' },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}
