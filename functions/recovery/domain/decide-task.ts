/** Decides what operators ask of a task. */
import type { OrderEvent, TaskResolved, TaskResumed } from '../../published/order-events.ts';
import type { Command } from '../../shared/kernel/command.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { TASK_KINDS, type TaskKind } from './event-data.ts';
import { subjectOf, type Task } from './task.ts';
import type { TasksOfOrder } from './tasks-of-order.ts';

/** What an operator, or the platform, asks of a task. */
interface OfTask<Type extends string> extends Command<Type> {
  readonly taskId: string;
  /** The id of the operator. */
  readonly by: string;
}

interface Commented {
  readonly comment?: string;
}

export type TaskCommand =
  /** The operator works at the task from now on. */
  | OfTask<'ClaimTask'>
  /** Nobody works at the task any more. */
  | OfTask<'ReleaseTask'>
  /** Somebody with more authority, or more knowledge, has to look at the task. */
  | (OfTask<'EscalateTask'> & Commented)
  /** The platform tries again what failed. */
  | (OfTask<'ResumeTask'> & Commented)
  /** The operator did at the partner what the platform could not do; `evidence` proves it. */
  | (OfTask<'MarkDoneOutside'> & { readonly evidence: string })
  /** It is to be left undone; another operator has to agree. */
  | (OfTask<'ProposeWriteOff'> & { readonly comment: string })
  /** Another operator agrees that it is left undone. */
  | (OfTask<'ApproveWriteOff'> & Commented);
export type TaskCommandType = TaskCommand['type'];
type CommandOf<Type extends TaskCommandType> = Extract<TaskCommand, { readonly type: Type }>;

export type TaskRefusal =
  | { readonly kind: 'unknown-task'; readonly taskId: string }
  | { readonly kind: 'task-resolved' }
  | { readonly kind: 'claimed-by-another'; readonly claimant: string }
  | { readonly kind: 'not-for-this-kind'; readonly command: TaskCommandType; readonly of: TaskKind }
  | { readonly kind: 'no-write-off-proposed' }
  /** Writing off takes two people. */
  | { readonly kind: 'proposed-by-the-same' };

type Decision = Result<readonly OrderEvent[], TaskRefusal>;

interface TaskDecider<Type extends TaskCommandType> {
  /** The kinds of tasks that the command is for. */
  readonly for: readonly TaskKind[];
  /** Whether an operator can give it for a task that another one works at. */
  readonly evenIfClaimed: boolean;
  /** @param lately see decideTask */
  readonly decide: (task: Task, command: CommandOf<Type>, lately: string) => Decision;
}

/**
 * A review ends by approving or rejecting the order. The recording of an end only ends by being done, and a stuck order only at its end: what is done
 * outside does not end it, and would leave its goods reserved.
 */
const TRIED_AGAIN: readonly TaskKind[] = ['compensation', 'refund', 'transfer'];
/** Nothing that the platform tries brings a parcel. */
const SETTLED_BY_PEOPLE: readonly TaskKind[] = [...TRIED_AGAIN, 'parcel'];

export const TASK_DECIDERS: { readonly [Type in TaskCommandType]: TaskDecider<Type> } = {
  ClaimTask: {
    for: TASK_KINDS,
    evenIfClaimed: false,
    decide: ({ taskId, claimant }, { by }) =>
      accept(claimant === by ? [] : [{ type: 'TaskClaimed', data: { taskId } }]),
  },
  // Also by another operator: the one that works at it may be away.
  ReleaseTask: {
    for: TASK_KINDS,
    evenIfClaimed: true,
    decide: ({ taskId, claimant }) =>
      accept(claimant === undefined ? [] : [{ type: 'TaskReleased', data: { taskId } }]),
  },
  EscalateTask: {
    for: TASK_KINDS,
    evenIfClaimed: true,
    decide: ({ taskId, escalatedAt }, { comment }) =>
      accept(escalatedAt === undefined ? [{ type: 'TaskEscalated', data: { taskId, ...commented(comment) } }] : []),
  },
  ResumeTask: {
    for: [...TRIED_AGAIN, 'completion', 'stuck'],
    evenIfClaimed: false,
    decide: (task, command, lately) =>
      accept(isBeingResumed(task, command, lately) ? [] : [resumed(task, command.comment)]),
  },
  MarkDoneOutside: {
    for: SETTLED_BY_PEOPLE,
    evenIfClaimed: false,
    decide: (task, { evidence }) => accept([resolved(task, { resolution: 'done_outside', evidence })]),
  },
  ProposeWriteOff: {
    for: SETTLED_BY_PEOPLE,
    evenIfClaimed: false,
    decide: ({ taskId, proposer }, { by, comment }) =>
      accept(proposer === by ? [] : [{ type: 'WriteOffProposed', data: { taskId, comment } }]),
  },
  ApproveWriteOff: {
    for: SETTLED_BY_PEOPLE,
    evenIfClaimed: true,
    decide: (task, { by, comment }) => {
      if (task.proposer === undefined) return refuse({ kind: 'no-write-off-proposed' });
      if (task.proposer === by) return refuse({ kind: 'proposed-by-the-same' });
      return accept([resolved(task, { resolution: 'written_off', ...commented(comment) })]);
    },
  },
};

/**
 * Decides a command: the events that follow, or the refusal.
 * @param lately the same request since then, such as a double click, means the same attempt: ISO 8601, UTC
 */
export function decideTask(order: TasksOfOrder | undefined, command: TaskCommand, lately: string): Decision {
  const { type, taskId, by } = command;
  const task = order?.tasks.find((one) => one.taskId === taskId);
  if (!task) return refuse({ kind: 'unknown-task', taskId });
  // The table pairs each type with its own decider, which the compiler cannot follow through the lookup.
  const decider = TASK_DECIDERS[type] as unknown as TaskDecider<TaskCommandType>;
  if (task.resolved) return refuse({ kind: 'task-resolved' });
  if (!decider.for.includes(task.kind)) return refuse({ kind: 'not-for-this-kind', command: type, of: task.kind });
  const { claimant } = task;
  if (claimant !== undefined && claimant !== by && !decider.evenIfClaimed) {
    return refuse({ kind: 'claimed-by-another', claimant });
  }
  return decider.decide(task, command, lately);
}

/** The commands that some operator can give for the task now. */
export const possibleCommands = (task: Task): TaskCommandType[] =>
  task.resolved
    ? []
    : (Object.keys(TASK_DECIDERS) as TaskCommandType[]).filter(
        (type) =>
          TASK_DECIDERS[type].for.includes(task.kind) && (type !== 'ApproveWriteOff' || task.proposer !== undefined),
      );

const isBeingResumed = ({ resumed: last }: Task, { by, comment }: CommandOf<'ResumeTask'>, lately: string): boolean =>
  last !== undefined && last.by === by && last.comment === comment && last.at > lately;

const commented = (comment: string | undefined): Commented => (comment === undefined ? {} : { comment });

const resumed = (task: Task, comment: string | undefined): TaskResumed => ({
  type: 'TaskResumed',
  data: { taskId: task.taskId, ...subjectOf(task), ...commented(comment) },
});

const resolved = (
  task: Task,
  how: Pick<TaskResolved['data'], 'resolution' | 'comment' | 'evidence'>,
): TaskResolved => ({ type: 'TaskResolved', data: { taskId: task.taskId, ...subjectOf(task), ...how } });
