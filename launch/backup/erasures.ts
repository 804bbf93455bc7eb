/** The record of who asked to be forgotten: it is never taken back to what it was, and what a backup brings back is erased again. */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import type { Item } from './items.ts';
import type { StoredTable } from './table.ts';
import type { KeptTable } from './tables.ts';

export const ERASURES: KeptTable = 'Erasures';

/** What an erasure erases from: a backup of one of them brings back what was erased since. */
export const ERASED_FROM: readonly KeptTable[] = ['OrderLog', 'Commands', 'Notifications'];

const { partitionKey: CUSTOMER, sortKey: ENTRY, indexes } = ORDER_TABLES.erasures;
const { partitionKey: SHELF, sortKey: DUE } = indexes.byDue;

/**
 * Has every erasure begun again with the orders that it knows. The platform does the work itself, within minutes.
 * @param now ISO 8601
 * @returns how many erasures there are
 */
export async function reopenErasures(db: DynamoDBClient, table: StoredTable, now: string): Promise<number> {
  let count = 0;
  for await (const item of table.items()) {
    const isErasure = item[ENTRY]?.S?.startsWith('erasure#') === true;
    if (isErasure) count += 1;
    await db.send(
      new UpdateItemCommand({ TableName: table.name, Key: keyOf(item), ...(isErasure ? reopened(now) : FOUND) }),
    );
  }
  return count;
}

const keyOf = (item: Item): Record<string, AttributeValue> => ({ [CUSTOMER]: item[CUSTOMER]!, [ENTRY]: item[ENTRY]! });

const reopened = (now: string) => ({
  UpdateExpression: 'SET #status = :open, #shelf = :open, #due = :now, #since = :now REMOVE #done, #pass',
  ExpressionAttributeNames: {
    '#status': 'status',
    '#shelf': SHELF,
    '#due': DUE,
    '#since': 'behindSince',
    '#done': 'doneAt',
    '#pass': 'pass',
  },
  ExpressionAttributeValues: { ':open': { S: 'under_way' }, ':now': { S: now } },
});

const FOUND = {
  UpdateExpression: 'SET #state = :found REMOVE #why',
  ExpressionAttributeNames: { '#state': 'state', '#why': 'why' },
  ExpressionAttributeValues: { ':found': { S: 'found' } },
};
