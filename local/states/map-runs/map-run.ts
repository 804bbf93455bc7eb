import type { ExecutionStatus } from '../execution-row.ts';
import { tooManyFailed } from '../tolerated-failures.ts';
import type { Child, MapRunLimits } from './store.ts';

/** As many executions of one map run run at once when the state sets no limit, or a higher one. */
const MAX_CONCURRENCY = 1_000;

export type MapRunOutcome = 'SUCCEEDED' | 'FAILED';

/** What starts and stops the executions of a map run. */
export interface ChildExecutions {
  /** Starts one that was not started, and redrives one that was. */
  start(child: Child): void;
  stop(arn: string): void;
}

/** A map run under way: starts its executions, as many at once as it may, until all have ended or too many have failed. */
export class MapRun {
  /** Rejects with what kept an execution from being started. */
  readonly outcome: Promise<MapRunOutcome>;
  readonly #executions: ChildExecutions;
  readonly #waiting: Child[];
  /** Items of those that run, by ARN. */
  readonly #running = new Map<string, number>();
  readonly #items: number;
  #limits: MapRunLimits;
  #failedItems = 0;
  #over = false;
  #resolve!: (outcome: MapRunOutcome) => void;
  #reject!: (error: unknown) => void;

  /** @param children all of them, in their order, also those that ran before the engine was stopped */
  constructor(limits: MapRunLimits, children: readonly Child[], executions: ChildExecutions) {
    this.#limits = limits;
    this.#executions = executions;
    this.#items = children.reduce((sum, { items }) => sum + items, 0);
    this.#waiting = children.filter(({ status, redriveDue }) => status === null || redriveDue === 1);
    for (const { arn, status, items, redriveDue } of children) {
      if (status === null || redriveDue === 1) continue;
      if (status === 'RUNNING') this.#running.set(arn, items);
      else this.#count(status, items);
    }
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Starts what may be started now, and ends when nothing is left. */
  proceed(): void {
    if (this.#over) return;
    const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = this.#limits;
    // Without any limit the first failure is one too many.
    const count = toleratedFailureCount ?? (toleratedFailurePercentage === null ? 0 : undefined);
    const percentage = toleratedFailurePercentage ?? undefined;
    if (tooManyFailed({ count, percentage }, this.#failedItems, this.#items)) return this.#fail();
    const most = Math.min(maxConcurrency || MAX_CONCURRENCY, MAX_CONCURRENCY);
    try {
      for (; this.#running.size < most && this.#waiting.length > 0; this.#waiting.shift()) {
        const [child] = this.#waiting;
        this.#running.set(child!.arn, child!.items);
        this.#executions.start(child!);
      }
    } catch (error) {
      this.#over = true;
      this.#reject(error);
      return;
    }
    if (this.#running.size === 0) this.#end('SUCCEEDED');
  }

  childEnded(arn: string, status: ExecutionStatus): void {
    const items = this.#running.get(arn);
    if (items === undefined) return;
    this.#running.delete(arn);
    this.#count(status, items);
    this.proceed();
  }

  change(limits: MapRunLimits): void {
    this.#limits = limits;
    this.proceed();
  }

  /** Ends it from outside: its outcome is of no interest any more. */
  abort(): void {
    if (this.#over) return;
    this.#over = true;
    for (const arn of this.#running.keys()) this.#executions.stop(arn);
  }

  #fail(): void {
    this.abort();
    this.#resolve('FAILED');
  }

  #end(outcome: MapRunOutcome): void {
    this.#over = true;
    this.#resolve(outcome);
  }

  #count(status: ExecutionStatus, items: number): void {
    if (status === 'FAILED' || status === 'TIMED_OUT') this.#failedItems += items;
  }
}
