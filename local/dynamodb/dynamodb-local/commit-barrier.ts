import { AwsError, type JsonObject } from '../../contracts.ts';
import { actionsOf } from '../capacity.ts';
import type { Ask, Corrections } from '../engine.ts';

/**
 * Proves that acknowledged transactions are committed. DynamoDB Local works off one queue and acknowledges a transaction
 * before its commit; a read that is sent after the acknowledgement is answered after the commit.
 *
 * Transactions that are acknowledged while one such read is under way share the next.
 */
export class CommitBarrier {
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<unknown> | undefined;

  /** Resolves when `read`, or the read of another caller that starts after this call, has been answered. */
  async pass(read: () => Promise<unknown>): Promise<void> {
    this.#next ??= this.#after(this.#current, read);
    await this.#next;
  }

  async #after(previous: Promise<unknown>, read: () => Promise<unknown>): Promise<unknown> {
    // Its failure is for the callers that waited for it; it says nothing about this read.
    await previous.catch(() => undefined);
    const reading = read();
    this.#current = reading;
    this.#next = undefined;
    return reading;
  }
}

/** Resolves for a transaction that was acknowledged when it is committed. */
export function provenCommits(ask: Ask): NonNullable<Corrections['kept']> {
  const barrier = new CommitBarrier();
  const keys = new Map<string, readonly string[]>();
  return async (operation, request) => {
    const [action] = operation === 'TransactWriteItems' ? actionsOf(request) : [];
    if (action === undefined) return;
    const { TableName, Item } = action;
    await barrier.pass(async () => {
      try {
        const Key = action.Key ?? pick(Item!, keys.get(TableName) ?? (await keyAttributes(ask, TableName)));
        if (Item !== undefined) keys.set(TableName, Object.keys(Key));
        await ask('GetItem', { TableName, Key });
      } catch {
        keys.delete(TableName);
        throw new AwsError('InternalServerError', 'It is not known whether the transaction was committed.', 500);
      }
    });
  };
}

async function keyAttributes(ask: Ask, TableName: string): Promise<readonly string[]> {
  const { Table } = await ask('DescribeTable', { TableName });
  return (Table as { KeySchema: { AttributeName: string }[] }).KeySchema.map(({ AttributeName }) => AttributeName);
}

const pick = (item: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, item[name]!]));
