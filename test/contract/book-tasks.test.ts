/** Tasks about books of no order: one suite for the table and for the fake, and what the list shows of those in the table. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbTasks } from '../../functions/recovery/adapters/dynamodb-tasks.ts';
import { parseSku } from '../../functions/shared/kernel/ids.ts';
import { DynamoDbBookTasks } from '../../functions/shared/tasks/adapters/dynamodb-book-tasks.ts';
import { type BookTask, commandedTask, openedTask, resolvedTask } from '../../functions/shared/tasks/book-task.ts';
import type { BookTasks } from '../../functions/shared/tasks/ports.ts';
import { TASKS_TABLE } from '../../functions/shared/tasks/tables.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryBookTasks } from '../support/fakes/in-memory-book-tasks.ts';
import { START } from '../support/orders/streams.ts';

let dynamoDb: TestDynamoDb;
let db: DynamoDBDocumentClient;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
  db = DynamoDBDocumentClient.from(dynamoDb.client);
});
afterAll(() => dynamoDb?.close());

async function newTable(): Promise<string> {
  const name = ownTable('book-tasks');
  await dynamoDb.createTable(name, TASKS_TABLE);
  return name;
}

const ACTOR = { type: 'system', id: 'AuditBooks' } as const;
const OPEN = openedTask(
  undefined,
  { sku: parseSku('MUG-BLUE') },
  { rule: 'BooksShowTheStock', dueAt: START + 60_000, now: START, actor: ACTOR },
);
function claimedBy(id: string): BookTask {
  const done = commandedTask(OPEN, { type: 'ClaimTask', actor: { type: 'operator', id } }, START + 1_000);
  if (!done.ok) throw new Error(done.refusal.kind);
  return done.value;
}

describe.each([
  ['in DynamoDB', async () => new DynamoDbBookTasks(db, await newTable())],
  ['in memory', async () => new InMemoryBookTasks()],
])('Tasks about books %s', (_, open) => {
  let tasks: BookTasks;
  beforeEach(async () => {
    tasks = await open();
  });

  test('are found as they were kept, and not before', async () => {
    expect(await tasks.find(OPEN.taskId)).toBeUndefined();
    expect(await tasks.save(OPEN, 0)).toBe(true);
    expect(await tasks.find(OPEN.taskId)).toEqual(OPEN);
    expect(await tasks.save(claimedBy('O1'), 1)).toBe(true);
    expect(await tasks.find(OPEN.taskId)).toEqual(claimedBy('O1'));
  });

  test('are kept by one of several writers that have read the same version', async () => {
    expect((await Promise.all([tasks.save(OPEN, 0), tasks.save(OPEN, 0)])).sort()).toEqual([false, true]);
    const saved = await Promise.all(['O1', 'O2', 'O3'].map((by) => tasks.save(claimedBy(by), 1)));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect((await tasks.find(OPEN.taskId))?.claimant).toBe(['O1', 'O2', 'O3'][saved.indexOf(true)]);
  });
});

describe('The list of tasks', () => {
  test('shows a task about a book until it is resolved, and takes none of an order for one', async () => {
    const table = await newTable();
    const [tasks, list] = [new DynamoDbBookTasks(db, table), new DynamoDbTasks(db, table)];
    await tasks.save(OPEN, 0);
    await tasks.save(claimedBy('O1'), 1);
    expect((await list.page({ kind: 'books' }, 10)).items).toEqual([
      {
        taskId: OPEN.taskId,
        status: 'claimed',
        kind: 'books',
        error: 'BooksShowTheStock',
        openedAt: OPEN.openedAt,
        dueAt: OPEN.dueAt,
        claimant: 'O1',
        escalated: false,
        version: 2,
      },
    ]);
    await tasks.save(resolvedTask(claimedBy('O1'), ACTOR, START + 2_000), 2);
    expect((await list.page({}, 10)).items).toEqual([]);
    expect((await list.page({ status: 'resolved' }, 10)).items).toMatchObject([{ taskId: OPEN.taskId, version: 3 }]);
    const ofOrder = '0190f3a0-0000-5000-8000-000000000001';
    await list.put({
      taskId: ofOrder,
      orderId: ofOrder as never,
      status: 'open',
      kind: 'books',
      openedAt: OPEN.openedAt,
      dueAt: OPEN.dueAt,
      escalated: false,
      version: 4,
    });
    expect(await tasks.find(ofOrder)).toBeUndefined();
  });
});
