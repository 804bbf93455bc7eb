import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { answeredWithin } from '../edge/answered-within.ts';
import { RateLimiterUnavailable } from './errors.ts';
import { accepted, intervalOf, latestTat, refused } from './gcra.ts';
import type { RatePolicy } from './policy.ts';
import type { Allowance, SharedRateLimiter } from './port.ts';
import { RATE_LIMIT_TABLES } from './tables.ts';

const { partitionKey, timeToLive } = RATE_LIMIT_TABLES.rateLimits;
/** How long a full bucket is kept: clocks of instances differ a little, and deleting is free. */
const SPARE_SECONDS = 60;

export interface DynamoDbRateLimiterOptions {
  /** Tries once: a repeat could take twice, and there is no time for it. */
  readonly db: DynamoDBDocumentClient;
  readonly tableName: string;
  /** The key of a bucket's item. @default that of the table of callers */
  readonly keyOf?: (caller: string) => Readonly<Record<string, string>>;
  /** Milliseconds until the limiter counts as unavailable. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * An item per caller with the bucket's `tat`. The typical caller's bucket is full: one write whose condition says so. If
 * it is not, the refused write brings the `tat` along, which tells whether a second write is worth while.
 */
export class DynamoDbRateLimiter implements SharedRateLimiter {
  readonly #options: DynamoDbRateLimiterOptions;

  constructor(options: DynamoDbRateLimiterOptions) {
    this.#options = options;
  }

  async take(caller: string, policy: RatePolicy, owed = 0): Promise<Allowance> {
    try {
      return await answeredWithin(this.#options.timeoutMs, this.#take(caller, policy, owed));
    } catch (cause) {
      throw new RateLimiterUnavailable('The rate limiter did not answer.', { cause });
    }
  }

  async #take(caller: string, policy: RatePolicy, owed: number): Promise<Allowance> {
    const now = this.#options.now() * 1_000;
    const taken = (1 + owed) * intervalOf(policy);
    const latest = latestTat(policy, now);
    const expires = Math.ceil((latest + taken) / 1_000_000) + SPARE_SECONDS;

    const full = await this.#update(caller, {
      UpdateExpression: 'SET tat = :next, #expires = :expires',
      ConditionExpression: 'attribute_not_exists(tat) OR tat <= :now',
      ExpressionAttributeValues: { ':next': now + taken, ':now': now, ':expires': expires },
    });
    if (full.done) return accepted(policy, now + taken, now);
    if (full.tat > latest) return refused(policy, full.tat, now);

    const used = await this.#update(caller, {
      UpdateExpression: 'SET tat = tat + :taken, #expires = :expires',
      ConditionExpression: 'tat <= :latest',
      ExpressionAttributeValues: { ':taken': taken, ':latest': latest, ':expires': expires },
    });
    return used.done ? accepted(policy, used.tat, now) : refused(policy, used.tat, now);
  }

  /** Resolves to the bucket's `tat`: the new one when it was done, the one in the way when it was not. */
  async #update(caller: string, update: Partial<UpdateCommandInput>): Promise<{ done: boolean; tat: number }> {
    try {
      const { Attributes } = await this.#options.db.send(
        new UpdateCommand({
          ...update,
          TableName: this.#options.tableName,
          Key: this.#options.keyOf?.(caller) ?? { [partitionKey]: caller },
          ExpressionAttributeNames: { '#expires': timeToLive },
          ReturnValues: 'UPDATED_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { done: true, tat: Attributes?.tat as number };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { done: false, tat: Number(error.Item?.tat?.N) };
      throw error;
    }
  }
}
