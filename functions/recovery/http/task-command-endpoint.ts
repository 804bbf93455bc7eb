/** The common part of the endpoints that change one task. */
import type * as z from 'zod';
import type { CommandDeps } from '../../shared/commands/carry-out.ts';
import { oncePerKey } from '../../shared/edge/command-request.ts';
import { endpoint } from '../../shared/edge/endpoint.ts';
import type { Idempotency } from '../../shared/edge/idempotency.ts';
import type { CommandRoute } from '../../shared/http/command-route.ts';
import { commandTask } from '../application/command-task.ts';
import type { TaskCommand, TaskCommandType } from '../domain/decide-task.ts';
import { statusOf } from '../domain/task.ts';
import { acceptedTask } from './accepted-task.ts';
import { problemOfTaskRefusal } from './problems-of-task-refusals.ts';
import { taskPathOf } from './task-path.ts';

export interface TaskCommandDeps extends CommandDeps {
  readonly idempotency: Idempotency;
}

type RouteOfTask<Body extends z.ZodType> = CommandRoute<'recovery', Body> & { readonly callers: { operators: string } };

/** What a command says beside its task and its operator: just what the body of its request has. */
type Said<Type extends TaskCommandType> = Omit<
  Extract<TaskCommand, { type: Type }>,
  'type' | 'orderId' | 'taskId' | 'by'
>;

/**
 * The endpoint that carries out one command on a task, and answers 202 with the order's version and the task's status after it.
 * The same Idempotency-Key gets the same answer; an If-Match of another version than the order's is refused.
 */
export const taskCommandEndpoint =
  <const Type extends TaskCommandType>(route: RouteOfTask<z.ZodType<Said<Type>>>, type: Type) =>
  ({ idempotency, ...deps }: TaskCommandDeps) =>
    endpoint(route, async (http) => {
      const { orderId, taskId } = taskPathOf(http);
      const { answer, replayed } = await oncePerKey(http, { target: taskId, idempotency }, async (said, origin) => {
        const command = { type, orderId, taskId, by: origin.actor.id, ...said } as unknown as TaskCommand;
        const done = await commandTask(deps, { ...origin, command });
        if (!done.ok) throw problemOfTaskRefusal(taskId, done.refusal);
        const { version, tasks } = done.value;
        return { orderId, taskId, version, status: statusOf(tasks.find((task) => task.taskId === taskId)!) };
      });
      return acceptedTask(answer, replayed, { order: `/api/v1/orders/${answer.orderId}` });
    });
