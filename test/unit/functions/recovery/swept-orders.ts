import type { OrderEvent } from '../../../../functions/published/order-events.ts';
import { checkProgress, type Progress } from '../../../../functions/recovery/application/check-progress.ts';
import type { ProgressDeps, SweepDeps } from '../../../../functions/recovery/application/sweep-ports.ts';
import type { Finding } from '../../../../functions/recovery/domain/findings.ts';
import { type RunStatus, runName } from '../../../../functions/recovery/domain/next-move.ts';
import { DEFAULT_CONFIGURATION } from '../../../../functions/shared/configuration/document.ts';
import { factId, type OrderId } from '../../../../functions/shared/kernel/ids.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';

export const MINUTE = 60_000;

/** Orders in memory, half an hour after their first event, with executions as a test sets them. */
export class SweptOrders {
  readonly log = new InMemoryOrderLog();
  /** Statuses by machine and name, such as `order <orderId>`. */
  readonly executions = new Map<string, RunStatus>();
  readonly inputs: unknown[] = [];
  readonly findings: Finding[] = [];
  readonly failures: OrderId[] = [];
  now = START + 30 * MINUTE;
  #cursor: OrderId | undefined;

  readonly deps: ProgressDeps & SweepDeps = {
    log: this.log,
    streams: this.log,
    now: () => this.now,
    settings: async () => DEFAULT_CONFIGURATION.recovery,
    monitor: {
      found: (finding) => void this.findings.push(finding),
      failed: (orderId) => void this.failures.push(orderId),
    },
    runs: {
      statuses: async (run) => {
        const found: RunStatus[] = [];
        for (;;) {
          const status = this.executions.get(`${run.machine} ${runName(run, found.length + 1)}`);
          if (status === undefined) return found;
          found.push(status);
        }
      },
      start: async ({ machine, changeId }, name, orderId) => {
        this.executions.set(`${machine} ${name}`, 'RUNNING');
        this.inputs.push({ orderId, ...(changeId === undefined ? {} : { changeId }) });
      },
    },
    cursor: {
      find: async () => this.#cursor,
      save: async (after) => {
        this.#cursor = after;
      },
    },
  };

  /** Appends events that follow each other by seconds. */
  async given(events: readonly OrderEvent[], orderId = ORDER_ID): Promise<this> {
    const before = (await this.log.read(orderId)).length;
    const added = events.map((event, index) => ({
      ...newEvent(event, before + index, orderId),
      eventId: factId(orderId, `${event.type} ${before + index}`),
    }));
    await this.log.append(orderId, before, added);
    return this;
  }

  run(key: string, status: RunStatus): this {
    this.executions.set(key, status);
    return this;
  }

  check(orderId = ORDER_ID): Promise<Progress> {
    return checkProgress(this.deps, orderId);
  }

  async types(): Promise<string[]> {
    return (await this.log.read(ORDER_ID)).map(({ type }) => type);
  }
}
