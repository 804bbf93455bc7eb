/** Puts the rows of many orders straight into the tables of a platform whose relay is off. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Platform } from '../launch/platform/platform.ts';
import type { JsonObject } from '../local/contracts.ts';
import { rowsOf } from './query-shop.ts';

/** What BatchWriteItem takes in one call. */
const BATCH = 25;
const WRITERS = 8;
/** Orders whose rows are made before they are written. */
const CHUNK = 250;
const SAY_EVERY_MS = 5_000;

type Row = readonly [table: string, item: Record<string, unknown>];

/** @param say called with the progress every few seconds */
export async function seedOrders({ runtime }: Platform, count: number, say: (progress: string) => void): Promise<void> {
  const {
    OrderLogTableName: log = '',
    OrderViewTableName: view = '',
    OrderSearchTableName: search = '',
  } = runtime.outputs;
  const started = performance.now();
  let [next, written, said] = [0, 0, started];
  const writer = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + CHUNK);
      const orders = Array.from({ length: next - from }, (_, index) => rowsOf(from + index, count));
      const rows = orders.flatMap((order): Row[] => [
        ...order.log.map((item): Row => [log, item]),
        [view, order.view],
        ...order.search.map((item): Row => [search, item]),
      ]);
      for (let start = 0; start < rows.length; start += BATCH) {
        await writeBatch(runtime.dynamoDb, rows.slice(start, start + BATCH));
      }
      written += orders.length;
      const now = performance.now();
      if (now - said > SAY_EVERY_MS) {
        said = now;
        say(
          `${written} of ${count} orders, about ${Math.round((((now - started) / written) * (count - written)) / 1_000)} s left`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

async function writeBatch(dynamoDb: Platform['runtime']['dynamoDb'], rows: readonly Row[]): Promise<void> {
  const tables: Record<string, JsonObject[]> = {};
  for (const [table, item] of rows) {
    (tables[table] ??= []).push({
      PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) as unknown as JsonObject },
    });
  }
  const { UnprocessedItems = {} } = await dynamoDb.tableCommand('BatchWriteItem', { RequestItems: tables });
  if (Object.keys(UnprocessedItems as object).length > 0) throw new Error('The engine left items unwritten.');
}
