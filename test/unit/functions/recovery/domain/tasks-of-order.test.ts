import { describe, expect, test } from 'vitest';
import { dueAtOf } from '../../../../../functions/recovery/application/due-time.ts';
import { statusOf } from '../../../../../functions/recovery/domain/task.ts';
import { tasksOf } from '../../../../../functions/recovery/domain/tasks-of-order.ts';
import { created, EVENTS, HAPPY_PATH, START, streamOf } from '../../../../support/orders/streams.ts';
import {
  by,
  claimed,
  held,
  openedTask,
  proposed,
  REVIEW_ID,
  resolved,
  resumed,
  TASK_ID,
  taskStream,
} from '../../../../support/recovery/task-streams.ts';

const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();
const tasksIn = (...told: Parameters<typeof taskStream>[0]) => tasksOf(taskStream(told))!.tasks;
const statusesIn = (...told: Parameters<typeof taskStream>[0]) => tasksIn(...told).map(statusOf);

describe('The tasks of an order', () => {
  test('are none while all goes well', () => {
    expect(tasksOf(streamOf(HAPPY_PATH))).toMatchObject({ tasks: [], version: 6 });
  });

  test('cannot be told of a stream that does not begin with its order', () => {
    expect(() => tasksOf(streamOf([EVENTS.reserved]))).toThrow(/begins with InventoryReserved/);
    expect(tasksOf([])).toBeUndefined();
  });

  test('know what failed, since when, and when they are due', () => {
    expect(tasksIn(created(), openedTask)).toEqual([{ ...openedTask.data, openedAt: at(1) }]);
  });

  test('are claimed by the operator that says so, and open again when they are released', () => {
    const mine = [created(), openedTask, by('O1', claimed)];
    expect(tasksIn(...mine)).toMatchObject([{ claimant: 'O1' }]);
    expect(statusesIn(...mine)).toEqual(['claimed']);
    expect(statusesIn(...mine, { type: 'TaskReleased', data: { taskId: TASK_ID } })).toEqual(['open']);
  });

  test('stay with their claimant when the platform tries again', () => {
    expect(tasksIn(created(), openedTask, by('O1', claimed), by('O1', resumed))).toMatchObject([
      { claimant: 'O1', resumed: { at: at(3), by: 'O1' } },
    ]);
  });

  test('forget a proposed write-off when the platform tries again, or when they are released or claimed', () => {
    const given = [created(), openedTask, by('O1', proposed)];
    expect(statusesIn(...given)).toEqual(['write_off_proposed']);
    for (const next of [resumed, by('O2', claimed), { type: 'TaskReleased', data: { taskId: TASK_ID } } as const]) {
      expect(statusesIn(...given, next)).not.toContain('write_off_proposed');
    }
  });

  test('are resolved once', () => {
    const again = { ...resolved, data: { ...resolved.data, resolution: 'written_off' } } as typeof resolved;
    expect(tasksIn(created(), openedTask, resolved, again)).toMatchObject([
      { resolved: { resolution: 'completed', at: at(2) } },
    ]);
  });

  test('have one of a compensation that was parked before there were tasks, under the id that it would have now', () => {
    expect(tasksIn(created(), EVENTS.parked)).toEqual([
      {
        taskId: TASK_ID,
        kind: 'compensation',
        step: 'VoidPayment',
        error: 'PaymentGatewayUnavailable',
        openedAt: at(1),
      },
    ]);
    expect(tasksIn(created(), EVENTS.parked, openedTask)).toHaveLength(1);
  });
});

describe('The review of a held order', () => {
  test('is a task from the beginning, due after the time that the settings give', () => {
    const [review] = tasksIn(held);
    expect(review).toEqual({ taskId: REVIEW_ID, kind: 'review', openedAt: at(0) });
    expect(dueAtOf(review!, 60)).toBe(at(60));
  });

  test('is completed when the order is approved or rejected', () => {
    const rejected = { ...EVENTS.cancelled, data: { ...EVENTS.cancelled.data, reason: 'rejected' } } as const;
    for (const end of [{ type: 'OrderApproved', data: {} } as const, rejected]) {
      expect(tasksIn(held, end)).toMatchObject([{ resolved: { resolution: 'completed', at: at(1) } }]);
    }
  });

  test('has nothing to do when the customer cancels the order', () => {
    const cancelled = { ...EVENTS.cancelled, data: { ...EVENTS.cancelled.data, reason: 'customer_request' } } as const;
    expect(tasksIn(held, cancelled)).toMatchObject([{ resolved: { resolution: 'nothing_to_do' } }]);
  });

  test('stays as it ended when the approved order is cancelled later', () => {
    expect(tasksIn(held, { type: 'OrderApproved', data: {} }, EVENTS.cancelled)).toMatchObject([
      { resolved: { resolution: 'completed', at: at(1) } },
    ]);
  });
});
