/** The list of tasks: one suite for the table and for the fake. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DynamoDbTasks } from '../../functions/recovery/adapters/dynamodb-tasks.ts';
import { RECOVERY_TABLES } from '../../functions/recovery/adapters/tables.ts';
import type { ProjectedTasks, TaskList, TaskQuery } from '../../functions/recovery/application/task-ports.ts';
import type { TaskSummary } from '../../functions/recovery/domain/task-summary.ts';
import { openDynamoDb, ownTable, type TestDynamoDb } from '../support/dynamodb/dynamodb.ts';
import { InMemoryTasks } from '../support/fakes/in-memory-tasks.ts';
import { ORDER_ID } from '../support/orders/streams.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await openDynamoDb();
});
afterAll(() => dynamoDb?.close());

async function table(): Promise<DynamoDbTasks> {
  const name = ownTable('tasks');
  await dynamoDb.createTable(name, RECOVERY_TABLES.recoveryTasks);
  return new DynamoDbTasks(DynamoDBDocumentClient.from(dynamoDb.client), name);
}

const idOf = (number: number): string => `0190f3a0-0000-5000-8000-${String(number).padStart(12, '0')}`;
/** The task that is due on this day of January. */
const task = (day: number, over: Partial<TaskSummary> = {}): TaskSummary => ({
  taskId: idOf(day),
  orderId: ORDER_ID,
  status: 'open',
  kind: 'compensation',
  step: 'VoidPayment',
  error: 'PaymentGatewayUnavailable',
  partner: 'payment-gateway',
  openedAt: '2026-01-01T00:00:00.000Z',
  dueAt: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  escalated: false,
  version: 10,
  ...over,
});

describe.each([
  ['in DynamoDB', table],
  ['in memory', async () => new InMemoryTasks()],
])('The list of tasks %s', (_, open) => {
  let tasks: TaskList & ProjectedTasks;
  beforeEach(async () => {
    tasks = await open();
  });

  const given = async (...shown: readonly TaskSummary[]) => {
    for (const each of shown) await tasks.put(each);
  };
  /** The days of the tasks that the query finds. */
  const found = async (query: TaskQuery = {}): Promise<number[]> =>
    (await tasks.page(query, 100)).items.map(({ taskId }) => Number(taskId.slice(-12)));

  test('shows what is due first at the beginning, just as it was put', async () => {
    await given(task(3), task(1, { claimant: 'O1', status: 'claimed' }), task(2));
    expect(await found()).toEqual([1, 2, 3]);
    expect((await tasks.page({}, 1)).items).toEqual([task(1, { claimant: 'O1', status: 'claimed' })]);
  });

  test('leaves out what is resolved, unless it is asked for', async () => {
    await given(task(1), task(2), task(2, { status: 'resolved', version: 11 }));
    expect([await found(), await found({ status: 'resolved' })]).toEqual([[1], [2]]);
  });

  test('is not set back by a version that comes late; the same version is put again', async () => {
    await given(task(1, { version: 12 }), task(1, { status: 'claimed', version: 11 }));
    expect(await found({ status: 'open' })).toEqual([1]);
    await given(task(1, { version: 12, dueAt: task(9).dueAt }));
    expect((await tasks.page({}, 1)).items).toEqual([task(1, { version: 12, dueAt: task(9).dueAt })]);
  });

  test('finds by status, kind, step, error, partner, claimant, escalation and due time', async () => {
    await given(
      task(1),
      task(2, { status: 'claimed', claimant: 'O1' }),
      task(3, { step: 'CancelShipment', error: 'CarrierUnavailable', partner: 'carrier' }),
      task(4, { kind: 'review' }),
      task(5, { escalated: true }),
    );
    expect(await found({ status: 'claimed' })).toEqual([2]);
    expect(await found({ claimant: 'O1' })).toEqual([2]);
    expect(await found({ kind: 'review' })).toEqual([4]);
    expect(await found({ step: 'CancelShipment', error: 'CarrierUnavailable' })).toEqual([3]);
    expect(await found({ partner: 'payment-gateway', escalated: false })).toEqual([1, 2, 4]);
    expect(await found({ escalated: true })).toEqual([5]);
    expect(await found({ dueBefore: task(3).dueAt })).toEqual([1, 2]);
  });

  test('has pages that follow each other without a gap, whatever the filter', async () => {
    await given(...Array.from({ length: 7 }, (__, index) => task(index + 1, { escalated: index % 2 === 0 })));
    for (const query of [{}, { escalated: true }] as const) {
      const days: string[] = [];
      let after: Parameters<TaskList['page']>[2];
      do {
        const { items, next } = await tasks.page(query, 2, after);
        expect(items.length).toBeLessThanOrEqual(2);
        days.push(...items.map(({ taskId }) => taskId));
        after = next;
      } while (after);
      expect(days).toEqual((await tasks.page(query, 100)).items.map(({ taskId }) => taskId));
    }
  });
});
