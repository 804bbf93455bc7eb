import { expect, test } from 'vitest';
import { statusOf, subjectOf, type Task } from '../../../../../functions/recovery/domain/task.ts';

const open: Task = { taskId: 'task-1', kind: 'compensation', openedAt: '2026-01-01T00:00:00.000Z' };
const claimed: Task = { ...open, claimant: 'O1' };
const proposed: Task = { ...claimed, proposer: 'O1' };
const resolved: Task = { ...proposed, resolved: { resolution: 'written_off', at: '2026-01-02T00:00:00.000Z' } };

test.each([
  ['open', open],
  ['claimed', claimed],
  ['write_off_proposed', proposed],
  ['resolved', resolved],
] as const)('A task is %s', (status, task) => {
  expect(statusOf(task)).toBe(status);
});

test.each([
  { kind: 'stuck' },
  { kind: 'compensation', step: 'VoidPayment' },
  { kind: 'compensation', step: 'RestoreAuthorisation', changeId: 'change-1' },
  { kind: 'refund', refundId: 'r-1' },
] as const)('What a task is about is told without what it has not: %j', (subject) => {
  const { taskId, openedAt } = open;
  expect(Object.entries(subjectOf({ ...subject, taskId, openedAt } as Task))).toEqual(Object.entries(subject));
});
