import type { RecordedOrderEvent, TaskOpened } from '../../published/order-events.ts';
import { openTask } from '../../shared/saga-step/open-task.ts';
import { fact, recordFact } from '../../shared/saga-step/record-fact.ts';
import { NO_BOOK } from '../domain/book.ts';
import { bookOfOrder } from '../domain/book-id.ts';
import { findingsOf } from '../domain/findings.ts';
import { withAge } from '../domain/suspense.ts';
import { shownSince } from './days.ts';
import type { Checked, OrderCheckDeps } from './ports.ts';
import { postStream } from './post-order.ts';

const BY = 'AuditBooks';

/**
 * Checks the books of one order, after booking what they lack. What is wrong at rest raises the alarm and opens a person's task once; the task
 * ends by itself when nothing is wrong any more.
 * @param stream all events of the order
 * @param graceSeconds how old its last event has to be. @default the setting `sweepAfterSeconds`
 * @throws ConcurrencyConflict, UnbalancedEntry
 */
export async function checkOrder(
  deps: OrderCheckDeps,
  stream: readonly RecordedOrderEvent[],
  graceSeconds?: number,
): Promise<Checked> {
  const last = stream.at(-1);
  if (last === undefined) return { book: NO_BOOK, findings: [] };
  const { orderId } = last;
  const book = (await postStream(deps, stream)) ?? NO_BOOK;
  const { sweepAfterSeconds, taskDueSeconds } = await deps.settings();
  const moved = stream.findLast((event) => !isAboutBooks(event)) ?? last;
  const isYoung = Date.parse(moved.occurredAt) + 1_000 * (graceSeconds ?? sweepAfterSeconds) > deps.now();
  const findings = isYoung ? [] : withAge(findingsOf(stream, book), shownSince(deps.now()));
  await deps.breaks.replace(bookOfOrder(orderId), findings);
  const wrong = findings.filter(({ underWay }) => !underWay);
  const task = openBooksTask(stream);
  if (wrong.length > 0 && !task) {
    for (const finding of wrong) deps.monitor.broken(finding, book);
    const dueAt = deps.now() + 1_000 * taskDueSeconds;
    await openTask(deps, { orderId, kind: 'books', error: wrong[0]!.rule, dueAt }, BY);
  }
  if (wrong.length === 0 && task && !isYoung) await closeTask(deps, task, last.version);
  return { book, findings };
}

/** The task about the books says nothing of the order. */
const isAboutBooks = ({ type, data }: RecordedOrderEvent): boolean =>
  (type === 'TaskOpened' || type === 'TaskResolved') && data.kind === 'books';

const isBooksTask = (event: RecordedOrderEvent): event is RecordedOrderEvent<TaskOpened> =>
  event.type === 'TaskOpened' && event.data.kind === 'books';

function openBooksTask(stream: readonly RecordedOrderEvent[]): RecordedOrderEvent<TaskOpened> | undefined {
  const opened = stream.findLast(isBooksTask);
  const isResolved = ({ type, data }: RecordedOrderEvent) =>
    type === 'TaskResolved' && data.taskId === opened?.data.taskId;
  return stream.some(isResolved) ? undefined : opened;
}

async function closeTask(
  { log, now }: OrderCheckDeps,
  opened: RecordedOrderEvent<TaskOpened>,
  atVersion: number,
): Promise<void> {
  const { taskId, kind } = opened.data;
  const data = { taskId, kind, resolution: 'completed' } as const;
  const event = fact(opened, { type: 'TaskResolved', data }, BY, now());
  await recordFact(log, { orderId: opened.orderId, atVersion, event });
}
