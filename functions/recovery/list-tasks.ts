import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import { revalidated } from '../shared/http/revalidated.ts';
import type { TaskList } from './application/task-ports.ts';
import { tasks } from './composition.ts';
import { linkToTask } from './http/task-path.ts';
import { placeInTasks } from './http/task-requests.ts';
import { listTasks } from './routes.ts';

/** `GET /api/v1/tasks`: what waits for people, first what is due first; a second or two behind. */
export const makeHandler = (deps: { readonly tasks: TaskList }) =>
  endpoint(listTasks, async (http) => {
    const { limit, cursor, ...query } = queryOf(http);
    const cursors = new Cursors(placeInTasks, query);
    const { items, next } = await deps.tasks.page(query, limit, cursors.decode(cursor));
    const body = {
      items: items.map((task) => ({ ...task, links: { self: linkToTask(task) } })),
      ...(next ? { next: cursors.encode(next) } : {}),
      links: { self: http.path },
    };
    return revalidated({ status: 200, body }, http);
  });

export const handler: Handler = limited(makeHandler({ tasks: tasks() }));
