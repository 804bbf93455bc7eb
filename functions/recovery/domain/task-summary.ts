import type { OrderId } from '../../shared/kernel/ids.ts';
import { statusOf, subjectOf, type Task, type TaskStatus, type TaskSubject } from './task.ts';
import type { TasksOfOrder } from './tasks-of-order.ts';
import { type AwaitedPartner, CHANNELS, partnerAwaited } from './waiting-step.ts';

/** One task as lists show it. It holds no personal data, and no token. */
export interface TaskSummary extends TaskSubject {
  readonly taskId: string;
  readonly orderId: OrderId;
  readonly status: TaskStatus;
  readonly error?: string;
  /** What failed: a partner, or the platform itself; absent when nothing failed. */
  readonly partner?: AwaitedPartner;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly claimant?: string;
  readonly escalated: boolean;
  /** The version of the order's last event that the summary shows. */
  readonly version: number;
}

export function summaryOf({ orderId, version, paidBy }: TasksOfOrder, task: Task, dueAt: string): TaskSummary {
  const { taskId, error, openedAt, claimant, escalatedAt } = task;
  const partner = partnerOf(task, paidBy);
  return {
    taskId,
    orderId,
    status: statusOf(task),
    ...subjectOf(task),
    ...(error === undefined ? {} : { error }),
    ...(partner === undefined ? {} : { partner }),
    openedAt,
    dueAt,
    ...(claimant === undefined ? {} : { claimant }),
    escalated: escalatedAt !== undefined,
    version,
  };
}

function partnerOf({ kind, step, error = '' }: Task, paidBy: TasksOfOrder['paidBy']): AwaitedPartner | undefined {
  if (step !== undefined) return partnerAwaited(step, error, paidBy);
  if (kind === 'transfer') return CHANNELS.bank_transfer;
  if (kind === 'parcel') return 'carrier';
  return kind === 'refund' ? CHANNELS[paidBy] : undefined;
}
