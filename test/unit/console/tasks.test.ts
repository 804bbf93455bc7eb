import { describe, expect, it } from 'vitest';
import type { Task, TaskSummary } from '../../../console/src/api/types.ts';
import { causesOf } from '../../../console/src/tasks/causes.ts';
import { TASK_COMMANDS, taskBodyOf, taskCommandsFor } from '../../../console/src/tasks/task-commands.ts';
import { RECOVERY_ROUTES } from '../../../functions/recovery/routes.ts';

const everything = () => true;
const ALL = TASK_COMMANDS.map(({ id }) => id);
const idsFor = (task: Partial<Task>, may = everything as (scope: string) => boolean) =>
  taskCommandsFor({ commands: ALL, ...task } as Task, 'ada', may).map(({ id }) => id);

describe('the commands on a task that the console offers', () => {
  it.each(TASK_COMMANDS)('asks for $id the scope, the path and the text of its route', (command) => {
    const { id, scope } = command;
    const route = RECOVERY_ROUTES.find(({ path }) => path === `/orders/{orderId}/tasks/{taskId}/${id}`);
    expect(route?.callers).toEqual({ operators: scope });
    const { body } = route as Extract<typeof route, { body: unknown }>;
    expect(body.safeParse(taskBodyOf(command, 'R-7741')).success).toBe(true);
    expect(body.safeParse({}).success).toBe(taskBodyOf(command, '  ') !== undefined);
  });

  it('are those that the API names, for an operator with the scopes', () => {
    expect(idsFor({ commands: ['claim', 'release', 'escalate'] })).toEqual(['claim', 'escalate']);
    expect(idsFor({}, (scope) => scope === 'orders:write-off')).toEqual(['approve-write-off']);
    expect(idsFor({}, () => false)).toEqual([]);
  });

  it('leave a task to the one who works at it', () => {
    expect(idsFor({ claimant: 'ben' })).toEqual(['approve-write-off', 'escalate', 'release']);
    expect(idsFor({ claimant: 'ada' })).not.toContain('claim');
  });

  it('do not let one person write a task off alone', () => {
    expect(idsFor({ proposer: 'ada' })).not.toContain('approve-write-off');
    expect(idsFor({ proposer: 'ben' })).toContain('approve-write-off');
  });
});

describe('tasks of one cause', () => {
  const task = (taskId: string, more: Partial<TaskSummary>) =>
    ({ taskId, kind: 'compensation', ...more }) as TaskSummary;
  it('stand together, the cause that is due first before the others', () => {
    const away = { step: 'VoidPayment', error: 'PaymentGatewayUnavailable', partner: 'payment-gateway' } as const;
    const causes = causesOf([task('a', away), task('b', { kind: 'review' }), task('c', away)]);
    expect(causes.map(({ kind, tasks }) => [kind, tasks.map(({ taskId }) => taskId)])).toEqual([
      ['compensation', ['a', 'c']],
      ['review', ['b']],
    ]);
  });
});
