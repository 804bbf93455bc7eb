import type { RecordedOrderEvent } from '../../published/order-events.ts';
import { type Execution, runsOf } from '../domain/executions.ts';
import type { Run } from '../domain/unfinished-work.ts';
import type { Executions, FoundExecution } from './execution-ports.ts';

export type ListedExecution = Execution & FoundExecution;

/**
 * The executions of an order that Step Functions still has, by the time of their beginning.
 * @param events the order's whole stream
 */
export async function findExecutions(
  { executions }: { readonly executions: Pick<Executions, 'find'> },
  events: readonly RecordedOrderEvent[],
): Promise<readonly ListedExecution[]> {
  const found = await Promise.all(runsOf(events).map((run) => executionsOf(executions, run)));
  return found.flat().sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
}

/** A run is started again under the next name, so that the first name without an execution ends it. */
async function executionsOf(executions: Pick<Executions, 'find'>, run: Run): Promise<ListedExecution[]> {
  const listed: ListedExecution[] = [];
  for (;;) {
    const execution = { run, count: listed.length + 1 };
    const found = await executions.find(execution);
    if (!found) return listed;
    listed.push({ ...execution, ...found });
  }
}
