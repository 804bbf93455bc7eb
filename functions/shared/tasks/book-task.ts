/** A person's task about a book that belongs to no order: of an article's stock, or of a transfer that nobody has asked for. Pure. */
import { v5 } from 'uuid';
import type { Actor } from '../kernel/events.ts';
import type { Sku } from '../kernel/ids.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';

/** What the book is of. */
export type BookOwner = { readonly sku: Sku } | { readonly transferId: string };

/** Something that became of the task; what became of it in all is its history. */
export interface BookTaskEvent {
  readonly type: 'TaskOpened' | 'TaskClaimed' | 'TaskReleased' | 'TaskEscalated' | 'TaskResolved';
  /** ISO 8601, UTC. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** An operator's free text. */
  readonly comment?: string;
}

export type BookTask = BookOwner & {
  /** The same for all tasks about one book: one that is wrong again is opened again. */
  readonly taskId: string;
  /** The rule that the book breaks. */
  readonly rule: string;
  /** ISO 8601, UTC; so are the other times. */
  readonly openedAt: string;
  readonly dueAt: string;
  /** The operator that works at it. */
  readonly claimant?: string;
  readonly escalatedAt?: string;
  readonly resolvedAt?: string;
  /** Oldest first; their number is the version of the task. */
  readonly history: readonly BookTaskEvent[];
};

/** As lists and pages say it, in the words of all tasks. */
export function bookTaskStatusOf({ resolvedAt, claimant }: BookTask): 'open' | 'claimed' | 'resolved' {
  if (resolvedAt !== undefined) return 'resolved';
  return claimant === undefined ? 'open' : 'claimed';
}

/** Only the next check of the books ends such a task: nothing is taken on trust, and nothing is written off without an entry. */
export interface BookTaskCommand {
  readonly type: 'ClaimTask' | 'ReleaseTask' | 'EscalateTask';
  readonly actor: Actor;
  readonly comment?: string;
}

export type BookTaskRefusal =
  | { readonly kind: 'task-resolved' }
  | { readonly kind: 'claimed-by-another'; readonly claimant: string };

/** The namespace of the ids of these tasks. */
const BOOK_TASKS = '5b0a5d0e-5c0c-4f6f-9a54-0d9f3a4e7c21';

export const bookTaskIdOf = (owner: BookOwner): string =>
  v5('sku' in owner ? `stock:${owner.sku}` : `transfer:${owner.transferId}`, BOOK_TASKS);

interface Opening {
  readonly rule: string;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly actor: Actor;
}

/** The task, open: as it was when it is open already. @param before the task about the same book, if there was one */
export function openedTask(
  before: BookTask | undefined,
  owner: BookOwner,
  { now, actor, ...about }: Opening,
): BookTask {
  if (before && before.resolvedAt === undefined) return before;
  const occurredAt = new Date(now).toISOString();
  return {
    ...owner,
    taskId: bookTaskIdOf(owner),
    rule: about.rule,
    openedAt: occurredAt,
    dueAt: new Date(about.dueAt).toISOString(),
    history: [...(before?.history ?? []), { type: 'TaskOpened', occurredAt, actor }],
  };
}

/** The task, resolved: as it was when it is so already. @param now milliseconds since the epoch */
export function resolvedTask(task: BookTask, actor: Actor, now: number): BookTask {
  if (task.resolvedAt !== undefined) return task;
  const occurredAt = new Date(now).toISOString();
  return { ...task, resolvedAt: occurredAt, history: [...task.history, { type: 'TaskResolved', occurredAt, actor }] };
}

/**
 * The task as the command leaves it, or why it is refused. What is so already changes nothing.
 * @param now milliseconds since the epoch
 */
export function commandedTask(
  task: BookTask,
  { type, actor, comment }: BookTaskCommand,
  now: number,
): Result<BookTask, BookTaskRefusal> {
  if (task.resolvedAt !== undefined) return refuse({ kind: 'task-resolved' });
  const occurredAt = new Date(now).toISOString();
  const after = (event: BookTaskEvent['type'], { history, ...rest }: BookTask): Result<BookTask, BookTaskRefusal> => {
    const said = comment === undefined ? {} : { comment };
    return accept({ ...rest, history: [...history, { type: event, occurredAt, actor, ...said }] });
  };
  const { claimant, ...unclaimed } = task;
  switch (type) {
    case 'ClaimTask':
      if (claimant === actor.id) return accept(task);
      if (claimant !== undefined) return refuse({ kind: 'claimed-by-another', claimant });
      return after('TaskClaimed', { ...task, claimant: actor.id });
    // Also by another operator: the one that works at it may be away.
    case 'ReleaseTask':
      return claimant === undefined ? accept(task) : after('TaskReleased', unclaimed);
    case 'EscalateTask':
      return task.escalatedAt === undefined
        ? after('TaskEscalated', { ...task, escalatedAt: occurredAt })
        : accept(task);
  }
}
