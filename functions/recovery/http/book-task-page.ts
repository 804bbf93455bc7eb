/** A task about a book of no order as an operator reads it. */
import { type BookTask, bookTaskStatusOf } from '../../shared/tasks/book-task.ts';
import { BOOK_GUIDANCE, OUTCOMES } from '../domain/task-guidance.ts';
import { COMMAND_PATHS, linkToTask } from './task-path.ts';

const COMMANDS = (['ClaimTask', 'ReleaseTask', 'EscalateTask'] as const).map((type) => COMMAND_PATHS[type]);

/** @param now milliseconds since the epoch */
export function bookTaskPage(task: BookTask, now: number) {
  const { taskId, rule, openedAt, dueAt, claimant, escalatedAt, resolvedAt, history } = task;
  const { what, check, runbook } = BOOK_GUIDANCE['sku' in task ? 'article' : 'transfer'];
  const isResolved = resolvedAt !== undefined;
  return {
    taskId,
    ...('sku' in task ? { sku: task.sku } : { transferId: task.transferId }),
    status: bookTaskStatusOf(task),
    kind: 'books',
    error: rule,
    openedAt,
    dueAt,
    ...(claimant === undefined ? {} : { claimant }),
    escalated: escalatedAt !== undefined,
    version: history.length,
    overdue: !isResolved && Date.parse(dueAt) <= now,
    ...(isResolved ? { resolution: 'completed', resolvedAt } : {}),
    what: isResolved ? OUTCOMES.completed : what,
    check: isResolved ? [] : check,
    runbook,
    commands: isResolved ? [] : COMMANDS,
    history,
    links: {
      self: linkToTask({ taskId }),
      breaks: '/api/v1/ledger/breaks',
      about: 'sku' in task ? `/api/v1/stock/${task.sku}` : '/api/v1/payments/transfers',
    },
  };
}
