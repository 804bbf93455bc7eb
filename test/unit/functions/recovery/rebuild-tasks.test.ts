import { beforeEach, describe, expect, test } from 'vitest';
import { taskIdOf } from '../../../../functions/published/order-events.ts';
import { projectTasks } from '../../../../functions/recovery/application/project-tasks.ts';
import { rebuildTasks } from '../../../../functions/recovery/application/rebuild-tasks.ts';
import type { TaskSummary } from '../../../../functions/recovery/domain/task-summary.ts';
import { type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryTasks } from '../../../support/fakes/in-memory-tasks.ts';
import { created, newEvent } from '../../../support/orders/streams.ts';
import { held } from '../../../support/recovery/task-streams.ts';

const ORDERS = 100;
const DUE_SECONDS = 3_600;
const ids = Array.from({ length: ORDERS }, (_, at) =>
  parseOrderId(`0190f3a0-0000-7000-8000-${String(at).padStart(12, '0')}`),
);
const isHeld = (orderId: OrderId): boolean => ids.indexOf(orderId) % 2 === 0;

let log: InMemoryOrderLog;
let tasks: InMemoryTasks;
/** Every second order is held. */
beforeEach(async () => {
  log = new InMemoryOrderLog();
  tasks = new InMemoryTasks();
  for (const orderId of ids) await log.append(orderId, 0, [newEvent(isHeld(orderId) ? held : created(), 0, orderId)]);
});

const deps = () => ({ streams: log, tasks, dueSeconds: DUE_SECONDS });
const listed = async (list: InMemoryTasks) => (await list.page({}, ORDERS)).items as readonly TaskSummary[];
/** The list as the projection writes it. */
async function projected() {
  const list = new InMemoryTasks();
  for (const orderId of ids) await projectTasks({ log, tasks: list, dueSeconds: async () => DUE_SECONDS }, orderId);
  return listed(list);
}
async function drain<Item>(steps: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

describe('Rebuilding the list of tasks', () => {
  test('shows the tasks of every order as the projection shows them', async () => {
    const batches = await drain(rebuildTasks(deps()));
    expect(await listed(tasks)).toEqual(await projected());
    expect(await listed(tasks)).toHaveLength(ORDERS / 2);
    expect(batches.reduce((sum, { streams }) => sum + streams, 0)).toBe(ORDERS);
    expect(batches.reduce((sum, { events }) => sum + events, 0)).toBe(ORDERS);
  });

  test('makes a task right that is wrong in the list', async () => {
    const [right] = await projected();
    await tasks.put({ ...right!, status: 'claimed', claimant: 'nobody' });
    await drain(rebuildTasks(deps()));
    expect(await listed(tasks)).toEqual(await projected());
  });

  test('replaces no task that was projected meanwhile', async () => {
    const [task] = await projected();
    await tasks.put({ ...task!, version: 2, status: 'claimed', claimant: 'O1' });
    await drain(rebuildTasks(deps()));
    expect(await listed(tasks)).toContainEqual({ ...task!, version: 2, status: 'claimed', claimant: 'O1' });
  });

  test('continues where it was interrupted', async () => {
    const [first] = await drain(rebuildTasks(deps()));
    tasks = new InMemoryTasks();
    const rest = await drain(rebuildTasks(deps(), first!.after));
    expect(first!.streams + rest.reduce((sum, { streams }) => sum + streams, 0)).toBe(ORDERS);
    const left = ids.slice(first!.streams).filter(isHeld);
    expect((await listed(tasks)).map(({ taskId }) => taskId).sort()).toEqual(
      left.map((orderId) => taskIdOf(orderId, 'review', 'order', 1)).sort(),
    );
  });
});
