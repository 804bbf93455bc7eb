/** The common part of the endpoints that change a task about a book of no order. */
import type * as z from 'zod';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { CommandRoute } from '../../shared/http/command-route.ts';
import { type BookTaskCommand, bookTaskStatusOf } from '../../shared/tasks/book-task.ts';
import { commandBookTask } from '../../shared/tasks/change-book-task.ts';
import type { BookTasks } from '../../shared/tasks/ports.ts';
import { acceptedTask } from './accepted-task.ts';
import { problemOfBookTaskRefusal } from './problems-of-book-task-refusals.ts';

export interface BookTaskCommandDeps {
  readonly bookTasks: BookTasks;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly idempotency: Idempotency;
}

type RouteOfTask<Body extends z.ZodType> = CommandRoute<'recovery', Body> & { readonly callers: { operators: string } };

/**
 * The endpoint that carries out one command on such a task, and answers 202 with its version and status after it.
 * The same Idempotency-Key gets the same answer; an If-Match of another version than the task's is refused.
 */
export const bookTaskCommandEndpoint =
  (route: RouteOfTask<z.ZodType<Pick<BookTaskCommand, 'comment'>>>, type: BookTaskCommand['type']) =>
  ({ bookTasks, now, idempotency }: BookTaskCommandDeps) =>
    endpoint(route, async (http) => {
      const { taskId = '' } = http.pathParameters;
      const { answer, replayed } = await oncePerKey(http, { target: taskId, idempotency }, async (said, origin) => {
        const { actor, expectedVersion } = origin;
        const options = { now: now(), ...(expectedVersion === undefined ? {} : { expectedVersion }) };
        const done = await commandBookTask(bookTasks, taskId, { type, actor, ...said }, options);
        if (!done.ok) throw problemOfBookTaskRefusal(taskId, done.refusal);
        return { taskId, version: done.value.history.length, status: bookTaskStatusOf(done.value) };
      });
      return acceptedTask(answer, replayed);
    });
