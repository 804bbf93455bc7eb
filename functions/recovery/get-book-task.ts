import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import type { BookTasks } from '../shared/tasks/ports.ts';
import { bookTasks } from './composition.ts';
import { bookTaskPage } from './http/book-task-page.ts';
import { bookTaskNotFound } from './http/problems-of-book-task-refusals.ts';
import { getBookTask } from './routes.ts';

interface Deps {
  readonly bookTasks: Pick<BookTasks, 'find'>;
  readonly now: () => number;
}

/** `GET /api/v1/tasks/{taskId}`: what a person has to know of a book that breaks a rule and is of no order. */
export const makeHandler = (deps: Deps) =>
  endpoint(getBookTask, async ({ pathParameters: { taskId = '' } }) => {
    const task = await deps.bookTasks.find(taskId);
    if (!task) throw bookTaskNotFound(taskId);
    return { status: 200, headers: { ETag: `"${task.history.length}"` }, body: bookTaskPage(task, deps.now()) };
  });

export const handler: Handler = limited(makeHandler({ bookTasks: bookTasks(), now: Date.now }));
