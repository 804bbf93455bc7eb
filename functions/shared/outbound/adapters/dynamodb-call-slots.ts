import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { answeredWithin } from '../../edge/answered-within.ts';
import type { CallLease, CallSlots } from '../ports.ts';
import { PARTNER_TABLES, SLOTS_ENTRY } from '../tables.ts';

const { partitionKey, sortKey } = PARTNER_TABLES.partners;
const CALLS = 'calls';

export interface DynamoDbCallSlotsOptions {
  /** Tries once: calls to partners wait for it. */
  readonly db: DynamoDBDocumentClient;
  readonly tableName: string;
  /** Milliseconds until the slots count as away. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An item for each partner with the set of its calls: `<until>#<call id>` each. Its size is compared in the write that adds to it. */
export class DynamoDbCallSlots implements CallSlots {
  readonly #options: DynamoDbCallSlotsOptions;

  constructor(options: DynamoDbCallSlotsOptions) {
    this.#options = options;
  }

  async take(partner: string, lease: CallLease, most: number): Promise<boolean> {
    const inTheWay = await this.#add(partner, lease, most);
    if (inTheWay === undefined) return true;
    const over = inTheWay.filter((call) => Number(call.split('#')[0]) <= this.#options.now());
    if (over.length === 0) return false;
    await this.#remove(partner, over);
    return (await this.#add(partner, lease, most)) === undefined;
  }

  giveBack(partner: string, lease: CallLease): Promise<void> {
    return this.#remove(partner, [callOf(lease)]);
  }

  /** Resolves to the calls in the way when there are as many as there may be. */
  async #add(partner: string, lease: CallLease, most: number): Promise<readonly string[] | undefined> {
    try {
      await this.#update(partner, {
        UpdateExpression: 'ADD #calls :call',
        ConditionExpression: 'attribute_not_exists(#calls) OR size(#calls) < :most',
        ExpressionAttributeValues: { ':call': new Set([callOf(lease)]), ':most': most },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const { [CALLS]: calls } = unmarshall(error.Item ?? {}) as { readonly [CALLS]?: ReadonlySet<string> };
      return [...(calls ?? [])];
    }
  }

  async #remove(partner: string, calls: readonly string[]): Promise<void> {
    await this.#update(partner, {
      UpdateExpression: 'DELETE #calls :calls',
      ExpressionAttributeValues: { ':calls': new Set(calls) },
    });
  }

  async #update(partner: string, update: Partial<UpdateCommandInput>): Promise<void> {
    const { db, tableName, timeoutMs } = this.#options;
    await answeredWithin(
      timeoutMs,
      db.send(
        new UpdateCommand({
          ...update,
          TableName: tableName,
          Key: { [partitionKey]: partner, [sortKey]: SLOTS_ENTRY },
          ExpressionAttributeNames: { '#calls': CALLS },
        }),
      ),
    );
  }
}

const callOf = ({ callId, until }: CallLease): string => `${until}#${callId}`;
