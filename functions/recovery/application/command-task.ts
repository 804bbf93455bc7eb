/** Carries out what operators ask of a task. */
import { type CommandDeps, carryOut, type Envelope, type StreamRefusal } from '../../shared/commands/carry-out.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { decideTask, type TaskCommand, type TaskRefusal } from '../domain/decide-task.ts';
import { type TasksOfOrder, tasksOf, withEvent } from '../domain/tasks-of-order.ts';

export type TaskEnvelope = Envelope<TaskCommand, TasksOfOrder>;
export type TaskCommandRefusal = TaskRefusal | StreamRefusal;

const LATELY_MS = 10_000;
/** Since when the same request means the same attempt: ISO 8601, UTC. */
export const lately = ({ now }: Pick<CommandDeps, 'now'>): string => new Date(now() - LATELY_MS).toISOString();

/**
 * Resolves to the tasks of the order as the command leaves them, or to why it was refused, in which case nothing was written.
 * @throws ConcurrencyConflict after five lost races
 */
export const commandTask = (
  deps: CommandDeps,
  envelope: TaskEnvelope,
): Promise<Result<TasksOfOrder, TaskCommandRefusal>> =>
  carryOut<TaskCommand, TasksOfOrder, TaskRefusal>(
    deps,
    {
      load: async (orderId, { consistency }) => tasksOf(await deps.log.read(orderId, 1, undefined, consistency)),
      decide: (tasks, command) => decideTask(tasks, command, lately(deps)),
      evolve: withEvent,
    },
    envelope,
  );
