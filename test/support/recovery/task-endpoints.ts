/** The endpoints of tasks in memory, over one order and the list of its tasks. */
import '../platform/function-environment.ts';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { projectTasks } from '../../../functions/recovery/application/project-tasks.ts';
import type { TaskCommandDeps } from '../../../functions/recovery/http/task-command-endpoint.ts';
import type { ApiFunction } from '../../../functions/shared/edge/endpoint.ts';
import type { Caller } from '../../../functions/shared/http/caller.ts';
import { apiEvent, lambdaContext } from '../api/invocations.ts';
import { SCOPES } from '../api/routes.ts';
import { InMemoryBookTasks } from '../fakes/in-memory-book-tasks.ts';
import { inMemoryIdempotency } from '../fakes/in-memory-idempotency.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryTasks } from '../fakes/in-memory-tasks.ts';
import { ORDER_ID, START } from '../orders/streams.ts';
import { TASK_ID, taskStream } from './task-streams.ts';

/** After the first event of the order, in milliseconds since the epoch. */
export const NOW = START + 60_000;
export const DUE_SECONDS = 3_600;
export const TASK_PATH = `/api/v1/orders/${ORDER_ID}/tasks/${TASK_ID}`;

/** An operator with every scope. */
export const operatorNamed = (id: string): Caller => ({ type: 'operator', id, scopes: SCOPES });

interface Sent {
  readonly by?: Caller;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly orderId?: string;
  readonly taskId?: string;
}

export class TaskEndpoints {
  readonly log = new InMemoryOrderLog();
  readonly tasks = new InMemoryTasks();
  readonly bookTasks = new InMemoryBookTasks();
  readonly deps: TaskCommandDeps & {
    readonly tasks: InMemoryTasks;
    readonly bookTasks: InMemoryBookTasks;
    readonly dueSeconds: () => Promise<number>;
  } = {
    log: this.log,
    tasks: this.tasks,
    bookTasks: this.bookTasks,
    now: () => NOW,
    idempotency: inMemoryIdempotency(),
    dueSeconds: async () => DUE_SECONDS,
  };

  readonly given = async (...told: Parameters<typeof taskStream>[0]): Promise<void> => {
    await this.log.append(
      ORDER_ID,
      0,
      taskStream(told).map((event, index) => ({ ...event, eventId: `event-${index}` as typeof event.eventId })),
    );
    await this.project();
  };

  readonly project = async (): Promise<void> => void (await projectTasks(this.deps, ORDER_ID));

  /** Events of the order after those that were given, with their actors. */
  readonly recorded = async (after: number) =>
    (await this.log.read(ORDER_ID, after + 1)).map(({ type, data, actor }) => ({ type, data, by: actor.id }));

  /** Sends as the operator O1 with every scope, unless another caller is given. */
  readonly send = (
    make: (deps: TaskEndpoints['deps']) => ApiFunction,
    { by = operatorNamed('O1'), orderId = ORDER_ID, taskId = TASK_ID, ...request }: Sent = {},
  ): Promise<APIGatewayProxyResult> =>
    make(this.deps)(
      apiEvent({ method: 'POST', path: TASK_PATH, orderId, pathParameters: { taskId }, caller: by, ...request }),
      lambdaContext(),
    );
}
