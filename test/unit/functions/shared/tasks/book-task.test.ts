import { describe, expect, test } from 'vitest';
import { parseSku } from '../../../../../functions/shared/kernel/ids.ts';
import {
  type BookTask,
  type BookTaskCommand,
  bookTaskIdOf,
  commandedTask,
  openedTask,
  resolvedTask,
} from '../../../../../functions/shared/tasks/book-task.ts';
import { commandBookTask } from '../../../../../functions/shared/tasks/change-book-task.ts';
import { InMemoryBookTasks } from '../../../../support/fakes/in-memory-book-tasks.ts';
import { START } from '../../../../support/orders/streams.ts';

const MUG = { sku: parseSku('MUG-BLUE') };
const AUDIT = { type: 'system', id: 'AuditBooks' } as const;
const operator = (id: string) => ({ type: 'operator', id }) as const;
const at = (minutes: number): number => START + 60_000 * minutes;
const iso = (minutes: number): string => new Date(at(minutes)).toISOString();
const opening = { rule: 'CountsSumToReceived', dueAt: at(240), now: at(0), actor: AUDIT };
const open = openedTask(undefined, MUG, opening);
const command = (type: BookTaskCommand['type'], by = 'O1', comment?: string): BookTaskCommand => ({
  type,
  actor: operator(by),
  ...(comment === undefined ? {} : { comment }),
});
function after(task: BookTask, ...commands: readonly BookTaskCommand[]): BookTask {
  return commands.reduce((before, asked, index) => {
    const done = commandedTask(before, asked, at(index + 1));
    if (!done.ok) throw new Error(`It was refused: ${done.refusal.kind}`);
    return done.value;
  }, task);
}
const typesOf = ({ history }: BookTask) => history.map(({ type }) => type);

describe('A task about a book of no order', () => {
  test('is opened with the rule and the time by which it is due', () => {
    expect(open).toEqual({
      ...MUG,
      taskId: bookTaskIdOf(MUG),
      rule: 'CountsSumToReceived',
      openedAt: iso(0),
      dueAt: iso(240),
      history: [{ type: 'TaskOpened', occurredAt: iso(0), actor: AUDIT }],
    });
  });

  test('stays as it is when it is open already', () => {
    const claimed = after(open, command('ClaimTask'));
    expect(openedTask(claimed, MUG, { ...opening, now: at(30), rule: 'BooksShowTheStock' })).toBe(claimed);
  });

  test('has another id for each article and each transfer', () => {
    const ids = [MUG, { sku: parseSku('TEE') }, { transferId: 'MUG-BLUE' }].map(bookTaskIdOf);
    expect(new Set(ids).size).toBe(3);
  });

  test('that was resolved is opened again by nobody’s hand, and keeps its history', () => {
    const resolved = resolvedTask(after(open, command('ClaimTask'), command('EscalateTask')), AUDIT, at(60));
    expect(resolved.resolvedAt).toBe(iso(60));
    expect(resolvedTask(resolved, AUDIT, at(90))).toBe(resolved);
    const again = openedTask(resolved, MUG, { ...opening, now: at(120), dueAt: at(360) });
    expect([again.openedAt, again.dueAt]).toEqual([iso(120), iso(360)]);
    expect(again).not.toHaveProperty('claimant');
    expect(again).not.toHaveProperty('escalatedAt');
    expect(again).not.toHaveProperty('resolvedAt');
    expect(typesOf(again)).toEqual(['TaskOpened', 'TaskClaimed', 'TaskEscalated', 'TaskResolved', 'TaskOpened']);
  });
});

describe('A command on such a task', () => {
  test('claims it for one operator, until any operator releases it', () => {
    const claimed = after(open, command('ClaimTask'));
    expect(claimed.claimant).toBe('O1');
    expect(commandedTask(claimed, command('ClaimTask', 'O2'), at(2))).toEqual({
      ok: false,
      refusal: { kind: 'claimed-by-another', claimant: 'O1' },
    });
    const released = after(claimed, command('ReleaseTask', 'O2'));
    expect(released).not.toHaveProperty('claimant');
    expect(after(released, command('ClaimTask', 'O2')).claimant).toBe('O2');
  });

  test('escalates it once, with the reason', () => {
    const escalated = after(open, command('EscalateTask', 'O1', 'The bank has to be asked.'));
    expect(escalated.escalatedAt).toBe(iso(1));
    expect(escalated.history.at(-1)).toEqual({
      type: 'TaskEscalated',
      occurredAt: iso(1),
      actor: operator('O1'),
      comment: 'The bank has to be asked.',
    });
    expect(after(escalated, command('EscalateTask', 'O2'))).toBe(escalated);
  });

  test.each<[string, BookTask, BookTaskCommand]>([
    ['is claimed by its claimant', after(open, command('ClaimTask')), command('ClaimTask')],
    ['is released when nobody works at it', open, command('ReleaseTask')],
  ])('changes nothing when it %s', (_, task, asked) => {
    expect(after(task, asked)).toBe(task);
  });

  test.each(['ClaimTask', 'ReleaseTask', 'EscalateTask'] as const)('%s is refused once it is resolved', (type) => {
    expect(commandedTask(resolvedTask(open, AUDIT, at(1)), command(type), at(2))).toEqual({
      ok: false,
      refusal: { kind: 'task-resolved' },
    });
  });
});

describe('Two operators at one task', () => {
  test('claim it at once, and one of them gets it', async () => {
    const tasks = new InMemoryBookTasks();
    await tasks.save(open, 0);
    const claim = (by: string) => commandBookTask(tasks, open.taskId, command('ClaimTask', by), { now: at(1) });
    const outcomes = await Promise.all([claim('O1'), claim('O2')]);
    expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(typesOf((await tasks.find(open.taskId))!)).toEqual(['TaskOpened', 'TaskClaimed']);
  });

  test('are told that there is no such task, or that it has changed since it was read', async () => {
    const tasks = new InMemoryBookTasks();
    const claim = (expectedVersion: number) =>
      commandBookTask(tasks, open.taskId, command('ClaimTask'), { now: at(1), expectedVersion });
    expect(await claim(1)).toEqual({ ok: false, refusal: { kind: 'unknown-task' } });
    await tasks.save(open, 0);
    expect(await claim(3)).toEqual({ ok: false, refusal: { kind: 'task-at-other-version', expected: 3, actual: 1 } });
    expect(await claim(1)).toMatchObject({ ok: true });
  });
});
