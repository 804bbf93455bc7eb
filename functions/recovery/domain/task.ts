/** A person's task about an order, as its stream tells of it. */
import type { SagaStep, TaskKind, TaskResolution } from './event-data.ts';

/** What a task is about. */
export interface TaskSubject {
  readonly kind: TaskKind;
  /** The step that kept failing, for a compensation and a completion. */
  readonly step?: SagaStep;
  /** The refund that failed, for a refund. */
  readonly refundId?: string;
  /** The transfer that cannot go back, for a transfer. */
  readonly transferId?: string;
  /** The shipment that does not arrive, for a parcel. */
  readonly shipmentId?: string;
  /** The change of items that the step belongs to, if it belongs to one. */
  readonly changeId?: string;
}

export interface Task extends TaskSubject {
  readonly taskId: string;
  /** The error of the last attempt before the task was opened. */
  readonly error?: string;
  /** ISO 8601, UTC; so are the other times. */
  readonly openedAt: string;
  /** Absent for a task that no TaskOpened tells of: then it follows from the settings. */
  readonly dueAt?: string;
  /** The operator that works at it. */
  readonly claimant?: string;
  readonly escalatedAt?: string;
  /** How an operator had the platform try again, for the last time. */
  readonly resumed?: { readonly at: string; readonly by: string; readonly comment?: string };
  /** The operator that wants to write the task off. */
  readonly proposer?: string;
  readonly resolved?: { readonly resolution: TaskResolution; readonly at: string };
}

/** Part of the API. */
export const TASK_STATUSES = ['open', 'claimed', 'write_off_proposed', 'resolved'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export function statusOf({ resolved, proposer, claimant }: Task): TaskStatus {
  if (resolved) return 'resolved';
  if (proposer !== undefined) return 'write_off_proposed';
  return claimant === undefined ? 'open' : 'claimed';
}

export const subjectOf = ({ kind, step, refundId, transferId, shipmentId, changeId }: TaskSubject): TaskSubject => ({
  kind,
  ...(step === undefined ? {} : { step }),
  ...(refundId === undefined ? {} : { refundId }),
  ...(transferId === undefined ? {} : { transferId }),
  ...(shipmentId === undefined ? {} : { shipmentId }),
  ...(changeId === undefined ? {} : { changeId }),
});
