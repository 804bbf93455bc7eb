/** A client of DynamoDB that refuses what DynamoDB refuses when many are at one item, and takes its time: no engine on one machine does. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { ContendedItems, type Refusal } from './contended-items.ts';

/** Assumed, as of a function in the same region: AWS promises none. A transaction holds its items for so long. */
export const ROUND_TRIP_MS = 10;

type Key = Readonly<Record<string, unknown>>;
type Send = (command: unknown) => Promise<unknown>;

/** How many transactions were refused, by reason, and how many of those that were not took longer than stated. */
export interface Contention {
  transactions: number;
  conflicts: number;
  throttled: number;
  late: number;
}

export interface ContendedClient {
  readonly db: DynamoDBDocumentClient;
  readonly contention: Contention;
}

/**
 * @param inner the engine's
 * @param keyNames of the tables, by name
 */
export function contendedClient(
  inner: DynamoDBDocumentClient,
  keyNames: Readonly<Record<string, readonly string[]>>,
): ContendedClient {
  const items = new ContendedItems();
  const contention: Contention = { transactions: 0, conflicts: 0, throttled: 0, late: 0 };
  const asked = new Map<string, Promise<unknown>>();
  // One item that hundreds look at is asked of the engine once at a time, so that the machine's own time is not what is measured.
  const ask = (command: unknown): Promise<unknown> => {
    const send = () => (inner.send as Send)(command);
    if (!(command instanceof GetCommand) || command.input.ConsistentRead) return send();
    const id = JSON.stringify(command.input);
    const under = asked.get(id) ?? send().finally(() => asked.delete(id));
    asked.set(id, under);
    return under;
  };
  const idOf = (table: string, key: Key) => [table, ...keyNames[table]!.map((name) => String(key[name]))].join(' ');
  const timed = async (command: unknown, onRefused?: (error: unknown) => void): Promise<unknown> => {
    const started = performance.now();
    const answering = ask(command);
    if (onRefused) answering.catch(onRefused);
    const [answer] = await Promise.allSettled([answering, sleep(ROUND_TRIP_MS)]);
    if (performance.now() - started > 2 * ROUND_TRIP_MS) contention.late += 1;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  };
  const refuse = async (refusals: readonly (Refusal | undefined)[], waitMs: number): Promise<never> => {
    contention[refusals.includes('TransactionConflict') ? 'conflicts' : 'throttled'] += 1;
    await sleep(waitMs);
    throw new TransactionCanceledException({
      message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${refusals.map((one) => one ?? 'None').join(', ')}]`,
      $metadata: {},
      CancellationReasons: refusals.map((Code = 'None' as never) => ({ Code })),
    });
  };
  const write = async (command: TransactWriteCommand): Promise<unknown> => {
    const keys = command.input.TransactItems!.map(({ Put, Update, Delete, ConditionCheck }) => {
      const { TableName, Key: key } = Update ?? Delete ?? ConditionCheck ?? { ...Put!, Key: Put!.Item };
      return idOf(TableName!, key!);
    });
    contention.transactions += 1;
    const refusals = items.write(keys, performance.now());
    if (refusals) return refuse(refusals, ROUND_TRIP_MS);
    try {
      const answer = await timed(command, (error) => items.leave(failedOf(keys, error)));
      items.wrote(keys);
      return answer;
    } finally {
      items.leave(keys);
    }
  };
  const read = async (command: TransactGetCommand): Promise<unknown> => {
    const reading = items.read(command.input.TransactItems!.map(({ Get }) => idOf(Get!.TableName!, Get!.Key!)));
    contention.transactions += 1;
    const answer = await timed(command);
    const refusals = items.hasRead(reading);
    return refusals ? refuse(refusals, 0) : answer;
  };
  const send: Send = (command) => {
    if (command instanceof TransactWriteCommand) return write(command);
    return command instanceof TransactGetCommand ? read(command) : timed(command);
  };
  return { db: { send } as unknown as DynamoDBDocumentClient, contention };
}

/** Those whose own condition has failed. */
function failedOf(keys: readonly string[], error: unknown): string[] {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return keys.filter((_, place) => reasons[place]?.Code === 'ConditionalCheckFailed');
}
