/** The platform's check of orders without progress, over the engine of the matrix. */
import { checkProgress } from '../../functions/recovery/application/check-progress.ts';
import type { ProgressDeps, Runs } from '../../functions/recovery/application/sweep-ports.ts';
import { type RunStatus, runName } from '../../functions/recovery/domain/next-move.ts';
import type { Machine, Run } from '../../functions/recovery/domain/unfinished-work.ts';
import type { ConfigurationSource } from '../../functions/shared/configuration/port.ts';
import type { OrderId } from '../../functions/shared/kernel/ids.ts';
import { AwsError } from '../../local/contracts.ts';
import type { StatesService } from '../../local/states/service.ts';
import { sagasOn } from '../fault/virtual/engine.ts';
import type { FunctionDeps } from '../fault/virtual/processes.ts';
import { CANCELLATION_SAGA, ITEMS_CHANGE, ORDER_SAGA } from '../support/saga/definition.ts';

const NAMES: Readonly<Record<Machine, string>> = {
  order: ORDER_SAGA.name,
  cancellation: CANCELLATION_SAGA.name,
  'items-change': ITEMS_CHANGE.name,
};

const runsOn = (states: StatesService): Runs => ({
  async statuses(run) {
    const found: RunStatus[] = [];
    for (;;) {
      const status = await statusOf(states, run, runName(run, found.length + 1));
      if (status === undefined) return found;
      found.push(status);
    }
  },
  start: ({ machine, changeId }, name, orderId) =>
    sagasOn(states)(NAMES[machine]).start(name, { orderId, ...(changeId !== undefined && { changeId }) }),
});

async function statusOf(states: StatesService, { machine }: Run, name: string): Promise<RunStatus | undefined> {
  try {
    const executionArn = `arn:aws:states:us-east-1:000000000000:execution:${NAMES[machine]}:${name}`;
    return (await states.handle('DescribeExecution', { executionArn })).status as RunStatus;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}

/** @param sweepAfterSeconds how long an order may be quiet. @default as it is configured */
export async function sweep(
  { log, now }: Pick<FunctionDeps, 'log' | 'now'>,
  states: StatesService,
  configuration: ConfigurationSource,
  orderId: OrderId,
  sweepAfterSeconds?: number,
): Promise<void> {
  const deps: ProgressDeps = {
    log,
    now,
    runs: runsOn(states),
    settings: async () => {
      const { recovery } = await configuration.current();
      return { ...recovery, ...(sweepAfterSeconds !== undefined && { sweepAfterSeconds }) };
    },
    monitor: { found: () => {}, failed: () => {} },
  };
  await checkProgress(deps, orderId);
}
