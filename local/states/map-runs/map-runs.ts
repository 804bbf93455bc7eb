import type { ServiceContext } from '../../contracts.ts';
import type { ExecutionStatus } from '../execution-row.ts';
import { MapRun, type MapRunOutcome } from './map-run.ts';
import {
  type Child,
  isUnsuccessful,
  type MapRunLimits,
  type MapRunRow,
  type MapRunStatus,
  type MapRunStore,
  type PlannedChild,
} from './store.ts';

/** What the executions of a map run have in common. */
export interface ChildMachine {
  readonly definition: string;
  readonly roleArn: string;
}

/** What starts and stops executions for map runs. */
export interface Starter {
  startChild(run: MapRunRow, child: PlannedChild, machine: ChildMachine): void;
  /** Whether an execution that did not succeed can be redriven. */
  isRedrivable(arn: string): boolean;
  redriveChild(arn: string): void;
  stopChild(arn: string): void;
}

export interface NewMapRun extends MapRunLimits {
  readonly executionArn: string;
  /** The state machine that the state is in. */
  readonly machineArn: string;
  /** Names the Map state in ARNs; made up when absent. */
  readonly label: string | undefined;
}

/** The map runs of all distributed Map states. A run goes on after a restart of the engine with what it had planned, and starts nothing twice. */
export class MapRuns {
  readonly store: MapRunStore;
  readonly #context: Pick<ServiceContext, 'clock' | 'newId'>;
  readonly #starter: Starter;
  readonly #running = new Map<string, { readonly row: MapRunRow; readonly run: MapRun }>();
  /** ARNs of runs, by the executions that they have started. */
  readonly #parents = new Map<string, string>();

  constructor(store: MapRunStore, context: Pick<ServiceContext, 'clock' | 'newId'>, starter: Starter) {
    this.store = store;
    this.#context = context;
    this.#starter = starter;
  }

  /** Returns the ARN of a run that has nothing to do yet. */
  begin({ label, machineArn, ...run }: NewMapRun): string {
    const { clock, newId } = this.#context;
    const childMachine = `${machineArn}/${label ?? newId()}`;
    const arn = `${childMachine.replace(':stateMachine:', ':mapRun:')}:${newId()}`;
    this.store.start({ ...run, arn, machineArn: childMachine, startedAt: clock.now() });
    return arn;
  }

  isPlanned(arn: string): boolean {
    return this.store.find(arn)?.planned === 1;
  }

  /** Plans an execution for each of the inputs. */
  plan(arn: string, express: boolean, inputs: readonly Pick<PlannedChild, 'input' | 'items'>[]): void {
    const { newId } = this.#context;
    const machine = this.store.find(arn)!.machineArn.replace(':stateMachine:', express ? ':express:' : ':execution:');
    const children = inputs.map((input) => {
      const name = newId();
      return { ...input, name, arn: express ? `${machine}:${name}:${newId()}` : `${machine}:${name}` };
    });
    this.store.plan(arn, children);
  }

  /** Whether a redrive of the state goes on with this run; else it begins a new one. */
  isRedrivable(arn: string): boolean {
    const run = this.store.find(arn);
    return run?.planned === 1 && (run.status === 'FAILED' || run.status === 'ABORTED');
  }

  /** Makes a run that has ended one that runs again; it goes on with its executions that did not succeed, and with those that it had not started. */
  redrive(arn: string): void {
    const unsuccessful = this.store.children(arn).filter(isUnsuccessful);
    this.store.redrive(
      arn,
      unsuccessful.filter((child) => this.#starter.isRedrivable(child.arn)),
      this.#context.clock.now(),
    );
  }

  /** Runs what is planned, or what is left of it, to the end. */
  run(arn: string, machine: ChildMachine): Promise<MapRunOutcome> {
    const row = this.store.find(arn)!;
    const children = this.store.children(arn);
    const run = new MapRun(row, children, {
      start: (child) =>
        child.status === null ? this.#starter.startChild(row, child, machine) : this.#starter.redriveChild(child.arn),
      stop: (childArn) => this.#starter.stopChild(childArn),
    });
    this.#running.set(arn, { row, run });
    for (const child of children) this.#parents.set(child.arn, arn);
    run.proceed();
    return run.outcome.finally(() => this.#forget(arn, children));
  }

  end(arn: string, status: Exclude<MapRunStatus, 'RUNNING'>): void {
    this.store.end(arn, status, this.#context.clock.now());
  }

  /** Ends a run with its executions, because the state ended from outside. */
  abort(arn: string): void {
    this.end(arn, 'ABORTED');
    this.#running.get(arn)?.run.abort();
    this.#forget(arn, this.store.children(arn));
  }

  /** Told of every execution that has ended: the run that started it goes on, and the runs inside it end. */
  executionEnded(executionArn: string, status: ExecutionStatus): void {
    const parent = this.#parents.get(executionArn);
    if (parent !== undefined) this.#running.get(parent)?.run.childEnded(executionArn, status);
    for (const { row } of [...this.#running.values()]) if (row.executionArn === executionArn) this.abort(row.arn);
  }

  /** After a stop of the engine: ends the runs that no state goes on with, with what they had started. */
  abortAbandoned(isKept: (run: MapRunRow) => boolean): void {
    const abandoned = this.store.running().filter((run) => !isKept(run));
    if (abandoned.length === 0) return;
    for (const run of abandoned) {
      this.end(run.arn, 'ABORTED');
      for (const { arn, status } of this.store.children(run.arn)) {
        if (status === 'RUNNING') this.#starter.stopChild(arn);
      }
    }
    // What was just stopped may have had runs of its own.
    this.abortAbandoned(isKept);
  }

  /** Changes the limits of a run that is under way. */
  change(arn: string, limits: MapRunLimits): void {
    this.store.limit(arn, limits);
    this.#running.get(arn)?.run.change(limits);
  }

  #forget(arn: string, children: readonly Pick<Child, 'arn'>[]): void {
    this.#running.delete(arn);
    for (const child of children) this.#parents.delete(child.arn);
  }
}
