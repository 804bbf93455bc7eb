/** `npm run rebuild -- order-view`: rebuilds a read model from the log, while reads and orders go on. */

import { parseArgs } from 'node:util';
import { DynamoDbListedOrders } from '../../functions/orders/adapters/dynamodb-listed-orders.ts';
import { DynamoDbOrderViews } from '../../functions/orders/adapters/dynamodb-order-views.ts';
import { DynamoDbProjectionStates } from '../../functions/orders/adapters/dynamodb-projection-states.ts';
import { DynamoDbSearchIndex } from '../../functions/orders/adapters/dynamodb-search-index.ts';
import {
  type RebuildDeps,
  rebuildSearch,
  rebuildViews,
  sweepIndex,
} from '../../functions/orders/application/rebuild.ts';
import { PROJECTIONS, type ProjectionName, type Rebuild } from '../../functions/orders/domain/projections.ts';
import { ORDER } from '../../functions/published/order-log.ts';
import { DynamoDbTasks } from '../../functions/recovery/adapters/dynamodb-tasks.ts';
import { type RebuildTasksDeps, rebuildTasks } from '../../functions/recovery/application/rebuild-tasks.ts';
import { DEFAULT_CONFIGURATION } from '../../functions/shared/configuration/document.ts';
import { DynamoDbEventStreams } from '../../functions/shared/event-log/dynamodb-event-streams.ts';
import type { Batch } from '../../functions/shared/event-log/in-batches.ts';
import { type OrderId, parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { ProgressLine } from './progress-line.ts';
import { rebuildTarget } from './rebuild-target.ts';

const { taskDueSeconds } = DEFAULT_CONFIGURATION.recovery;

const USAGE = `Usage: npm run rebuild -- <${PROJECTIONS.join('|')}> [--restart] [--due-seconds <n>]

  order-view      what lists and search results show, and how many orders are on each list
  order-search    the terms and the lists that orders are found by
  recovery-tasks  the list of tasks; those whose events do not say when they are due, such as those of held
                  orders, are due --due-seconds after they were opened (default ${taskDueSeconds}): give what
                  npm run config -- get recovery.taskDueSeconds says

Every order is folded from the log and written again; newer versions win, and reads go on. Ctrl-C interrupts the
rebuild, and the same command continues it; --restart begins again. It works on the instance that runs on WAYBILL_DATA
(default .waybill), or, with ORDER_LOG_TABLE, ORDER_VIEW_TABLE, ORDER_SEARCH_TABLE, RECOVERY_TASKS_TABLE and
PROJECTIONS_TABLE set, on those tables with the SDK's usual settings.`;

const REBUILDS: Readonly<
  Record<ProjectionName, (deps: RebuildDeps & RebuildTasksDeps, after?: OrderId) => AsyncIterable<Batch<OrderId>>>
> = { 'order-view': rebuildViews, 'order-search': rebuildSearch, 'recovery-tasks': rebuildTasks };

interface Request {
  readonly projection: ProjectionName;
  /** Begins at the first order, even when an earlier run was interrupted. */
  readonly restart: boolean;
  /** When a task is due whose events do not say it. */
  readonly dueSeconds: number;
}

/** How often the state is written for \`GET /api/v1/metrics\` and for the next run. */
const NOTE_EVERY_MS = 1_000;

let interrupted = false;
process.on('SIGINT', () => {
  interrupted = true;
});

try {
  const request = requested();
  if (request === 'help') console.log(USAGE);
  else process.exitCode = await run(request);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Resolves to the exit code. */
async function run({ projection, restart, dueSeconds }: Request): Promise<number> {
  const target = await rebuildTarget(process.env);
  const { db, tables, description } = target;
  const states = new DynamoDbProjectionStates(db, tables.projections);
  const deps: RebuildDeps & RebuildTasksDeps = {
    streams: new DynamoDbEventStreams(ORDER, db, tables.log),
    tasks: new DynamoDbTasks(db, tables.tasks),
    dueSeconds,
    views: new DynamoDbOrderViews(db, tables.views),
    index: new DynamoDbSearchIndex(db, tables.search),
    listed: new DynamoDbListedOrders(db, tables.search, Math.random),
  };
  const { rebuild: last } = await states.find(projection);
  const unfinished = !restart && last !== undefined && last.status !== 'finished' ? last : undefined;
  const totalEvents = await target.countEvents();
  console.log(
    `Rebuilding ${projection} of ${description}${unfinished ? `, from where it was left after ${unfinished.orders} orders` : ''}.`,
  );

  let state: Rebuild = { startedAt: now(), orders: 0, events: 0, ...unfinished, status: 'running', updatedAt: now() };
  const line = new ProgressLine(process.stdout, { totalEvents, before: state });
  const note = async (status: Rebuild['status']) =>
    states.noteRebuild(projection, (state = { ...state, status, updatedAt: now() }));
  let noted = performance.now();
  await note('running');

  const from = state.after === undefined ? undefined : parseOrderId(state.after);
  for await (const { streams, events, after } of REBUILDS[projection](deps, from)) {
    state = { ...state, orders: state.orders + streams, events: state.events + events, after };
    line.show(state);
    if (interrupted) break;
    if (performance.now() - noted > NOTE_EVERY_MS) {
      await note('running');
      noted = performance.now();
    }
  }
  if (!interrupted && projection === 'order-search') await sweep(deps, line);
  line.end();
  await note(interrupted ? 'interrupted' : 'finished');
  db.destroy();
  console.log(
    interrupted
      ? `Interrupted after ${state.orders} orders. The same command goes on from there.`
      : `Done: ${projection} is what the log says. ${line.summary(state)}`,
  );
  return interrupted ? 130 : 0;
}

/** A sweep that was interrupted starts again from the beginning: entries that it removed stay removed. */
async function sweep(deps: RebuildDeps, line: ProgressLine): Promise<void> {
  let [entries, removed] = [0, 0];
  for await (const page of sweepIndex(deps)) {
    entries += page.entries;
    removed += page.removed;
    line.say(`checked ${entries} entries, removed ${removed} that no order needs`);
    if (interrupted) return;
  }
}

function now(): string {
  return new Date().toISOString();
}

/** @throws Error with the usage when it is not clear what to rebuild */
function requested(): Request | 'help' {
  const {
    values: { restart = false, help = false, 'due-seconds': due = String(taskDueSeconds) },
    positionals: [name, ...more],
  } = parsed();
  if (help) return 'help';
  const projection = PROJECTIONS.find((known) => known === name);
  if (name === undefined) throw new Error(USAGE);
  if (projection === undefined) {
    throw new Error(`There is no projection "${name}"; there are ${PROJECTIONS.join(', ')}.`);
  }
  if (more.length > 0) throw new Error(`One projection at a time, please.\n${USAGE}`);
  if (!/^[1-9]\d*$/.test(due)) throw new Error(`--due-seconds is "${due}"; expected whole seconds.\n${USAGE}`);
  return { projection, restart, dueSeconds: Number(due) };
}

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        restart: { type: 'boolean' },
        'due-seconds': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
