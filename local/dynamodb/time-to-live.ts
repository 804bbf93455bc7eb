import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../contracts.ts';
import type { Ask } from './engine.ts';

/** AWS takes up to some days. */
const SWEEP_EVERY_MS = 60_000;
/** Small, as an engine answers one request at a time and others wait for this one. */
const PAGE = 200;
const FIVE_YEARS_S = 5 * 365 * 86_400;

export interface TimeToLiveOptions {
  /** The machine's time in milliseconds, by which functions set the times. */
  readonly now: () => number;
  readonly warn: (message: string) => void;
}

/** Deletes expired items in the place of an engine that does not. */
export class TimeToLive {
  readonly #ask: Ask;
  readonly #options: TimeToLiveOptions;
  readonly #closing = new AbortController();
  readonly #sweeping: Promise<void>;

  constructor(ask: Ask, options: TimeToLiveOptions) {
    this.#ask = ask;
    this.#options = options;
    this.#sweeping = this.#sweepAgainAndAgain();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#sweeping;
  }

  async #sweepAgainAndAgain(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      await sleep(SWEEP_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await deleteExpired(this.#ask, this.#options.now(), signal).catch((error: unknown) =>
        this.#options.warn(`Expired items could not be deleted, trying again in a minute: ${(error as Error).message}`),
      );
    }
  }
}

/** Deletes what has expired in every table, as AWS does: what expired more than five years ago stays. */
export async function deleteExpired(ask: Ask, nowMs: number, signal?: AbortSignal): Promise<void> {
  let after: string | undefined;
  do {
    const { TableNames, LastEvaluatedTableName } = await ask(
      'ListTables',
      after === undefined ? {} : { ExclusiveStartTableName: after },
    );
    for (const TableName of TableNames as string[]) {
      const { TimeToLiveDescription } = await ask('DescribeTimeToLive', { TableName });
      const { TimeToLiveStatus, AttributeName } = TimeToLiveDescription as JsonObject;
      if (TimeToLiveStatus === 'ENABLED') {
        await deleteExpiredOf(ask, TableName, expiry(AttributeName as string, nowMs), signal);
      }
    }
    after = LastEvaluatedTableName as string | undefined;
  } while (after !== undefined && signal?.aborted !== true);
}

/** Each is deleted only if it has still expired then: somebody may have given it another time meanwhile. */
async function deleteExpiredOf(ask: Ask, TableName: string, expired: Expiry, signal?: AbortSignal): Promise<void> {
  const { Table } = await ask('DescribeTable', { TableName });
  const keys = (Table as unknown as { KeySchema: { AttributeName: string }[] }).KeySchema.map(
    ({ AttributeName }) => AttributeName,
  );
  const { condition, ...values } = expired;
  let from: JsonObject = {};
  do {
    const { Items, LastEvaluatedKey } = await ask('Scan', {
      TableName,
      FilterExpression: condition,
      Limit: PAGE,
      ...values,
      ...from,
    });
    for (const item of Items as JsonObject[]) {
      const Key = Object.fromEntries(keys.map((name) => [name, item[name]!]));
      await ask('DeleteItem', { TableName, Key, ConditionExpression: condition, ...values }).catch(ignoreRefusal);
    }
    from = LastEvaluatedKey === undefined ? {} : { ExclusiveStartKey: LastEvaluatedKey };
  } while (from.ExclusiveStartKey !== undefined && signal?.aborted !== true);
}

interface Expiry {
  readonly condition: string;
  readonly ExpressionAttributeNames: JsonObject;
  readonly ExpressionAttributeValues: JsonObject;
}

/** Strings and other types never match a number. */
function expiry(attribute: string, nowMs: number): Expiry {
  const now = Math.floor(nowMs / 1_000);
  return {
    condition: '#expiry BETWEEN :oldest AND :now',
    ExpressionAttributeNames: { '#expiry': attribute },
    ExpressionAttributeValues: { ':oldest': { N: String(now - FIVE_YEARS_S) }, ':now': { N: String(now) } },
  };
}

function ignoreRefusal(error: unknown): void {
  if ((error as { code?: string }).code !== 'ConditionalCheckFailedException') throw error;
}
