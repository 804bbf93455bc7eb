import { setTimeout as sleep } from 'node:timers/promises';
import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ConcurrencyConflict } from '../../shared/kernel/errors.ts';

export type TransactItem = NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>[number];

/** Many orders want a popular article at once: how often a transaction is tried before its caller waits longer. */
const TRIES = 5;

/** What DynamoDB says of an item that it would have changed in a moment. */
const BUSY = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Waits of random length, so that two transactions that met do not meet again. */
export const jitter = (attempt: number): Promise<void> => sleep(Math.random() * 20 * 2 ** attempt);

/**
 * Writes all items or none. Resolves to the reasons, by place, when a condition stopped the transaction; to undefined when it was written.
 * @param pause what to wait for before a transaction that met another is tried again
 * @throws ConcurrencyConflict when it kept meeting other transactions
 */
export async function transact(
  db: DynamoDBDocumentClient,
  items: readonly TransactItem[],
  pause: (attempt: number) => Promise<void> = jitter,
): Promise<readonly CancellationReason[] | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const reasons = await tryTransaction(db, items);
    if (!reasons || reasons.some(failed)) return reasons;
    if (attempt === TRIES) throw keptMeeting();
    await pause(attempt);
  }
}

/** The same, but tried once: the reasons may also be that others were at the same items. */
export async function tryTransaction(
  db: DynamoDBDocumentClient,
  items: readonly TransactItem[],
): Promise<CancellationReason[] | undefined> {
  try {
    await db.send(new TransactWriteCommand({ TransactItems: [...items] }));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const reasons = error.CancellationReasons ?? [];
    if (!reasons.some((reason) => failed(reason) || isBusy(reason))) throw error;
    return reasons;
  }
}

export const keptMeeting = () => new ConcurrencyConflict('Other transactions kept changing the same stock.');

/** Whether the condition of an item stopped the transaction. */
export const failed = (reason: CancellationReason | undefined): boolean => reason?.Code === 'ConditionalCheckFailed';

/** Whether others were at the item, or more of them than it can serve. */
export const isBusy = (reason: CancellationReason | undefined): boolean => BUSY.has(reason?.Code ?? '');
