import type { OrderStreams } from '../../published/order-log.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepDeps } from '../../shared/saga-step/conclude-step.ts';
import type { Finding } from '../domain/findings.ts';
import type { RunStatus } from '../domain/next-move.ts';
import type { Run } from '../domain/unfinished-work.ts';

/** The executions of the sagas. */
export interface Runs {
  /** The statuses of the executions of a run, in the order of their names; empty when there are none. */
  statuses(run: Run): Promise<readonly RunStatus[]>;
  /** Starts an execution, unless there is one of that name. */
  start(run: Run, name: string, orderId: OrderId): Promise<void>;
}

export interface ProgressDeps extends StepDeps {
  readonly runs: Runs;
  readonly settings: () => Promise<SweepSettings>;
  readonly monitor: SweepMonitor;
}

export interface SweepSettings {
  /** An order whose last event is younger is on its way. */
  readonly sweepAfterSeconds: number;
  /** How long an order may take until its payment is captured. */
  readonly checkoutLimitSeconds: number;
  /** How long a refund may be tried. */
  readonly compensationLimitSeconds: number;
  readonly taskDueSeconds: number;
}

/** What operators can see of orders without progress. */
export interface SweepMonitor {
  found(finding: Finding): void;
  /** An order could not be looked at. */
  failed(orderId: OrderId, error: unknown): void;
}

/** How far the pass over all orders is. */
export interface SweepCursor {
  /** The order after which the pass goes on; undefined at its beginning. */
  find(): Promise<OrderId | undefined>;
  save(after: OrderId | undefined): Promise<void>;
}

export interface SweepDeps extends ProgressDeps {
  readonly streams: OrderStreams;
  readonly cursor: SweepCursor;
}
