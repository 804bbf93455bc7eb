import { setTimeout as sleep } from 'node:timers/promises';
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';

export type TransactItems = ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems'];

/** Many orders want a popular article at once: how often a transaction is tried before its caller waits longer. */
const CONFLICT_TRIES = 5;

/** Waits of random length, so that two transactions that met do not meet again. */
export const jitter = (attempt: number): Promise<void> => sleep(Math.random() * 20 * 2 ** attempt);

/**
 * Writes all items or none. Resolves to the reasons, by place, when a condition stopped the transaction; to undefined when it was written.
 * @param pause what to wait for before a transaction that met another is tried again
 * @throws ConcurrencyConflict when it kept meeting other transactions
 */
export async function transact(
  db: DynamoDBDocumentClient,
  items: TransactItems,
  pause: (attempt: number) => Promise<void> = jitter,
): Promise<readonly CancellationReason[] | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.send(new TransactWriteCommand({ TransactItems: items }));
      return undefined;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      if (reasons.some(failed)) return reasons;
      if (!reasons.some(({ Code }) => Code === 'TransactionConflict')) throw error;
      if (attempt === CONFLICT_TRIES) {
        throw new ConcurrencyConflict('Other transactions kept changing the same stock.', { cause: error });
      }
      await pause(attempt);
    }
  }
}

/** Whether the condition of an item stopped the transaction. */
export const failed = (reason: CancellationReason | undefined): boolean => reason?.Code === 'ConditionalCheckFailed';
