import { createHash } from 'node:crypto';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import type { Activities } from './activities.ts';
import type { StartTarget } from './catalogue.ts';
import type { Definitions } from './definitions.ts';
import { type DistributedMaps, environmentOf, type StatesOptions } from './environment.ts';
import { Execution } from './execution.ts';
import type { ExecutionRow, ExecutionStatus } from './execution-row.ts';
import { checkInput, checkName } from './input.ts';
import { executionStarted, type Journal, type NewExecution } from './journal.ts';
import { type ChildMachine, MapRuns, type Starter } from './map-runs/map-runs.ts';
import { type MapRunRow, MapRunStore, type PlannedChild } from './map-runs/store.ts';
import type { NestedExecutions } from './nested-executions.ts';
import { Redrives } from './redrives.ts';
import { METRICS, type Tell, tellWith } from './status-changes.ts';
import type { TaskTokens } from './task-tokens.ts';
import { executionDescription, membershipOf } from './wire.ts';

/** What executions need beside the runtime. */
export interface ExecutionParts {
  readonly journal: Journal;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  readonly definitions: Definitions;
  readonly machineExists: (machineArn: string) => boolean;
}

/** Starts, stops, resumes and redrives journaled executions. */
export class Executions implements NestedExecutions, Starter {
  readonly mapRuns: MapRuns;
  readonly redrives: Redrives;
  readonly #context: ServiceContext;
  readonly #options: StatesOptions;
  readonly #parts: ExecutionParts;
  readonly #journal: Journal;
  readonly #running = new Map<string, Execution>();
  readonly #endListeners = new Map<string, (() => void)[]>();
  readonly #tell: Tell;
  #closed = false;

  constructor(context: ServiceContext, options: StatesOptions, parts: ExecutionParts) {
    this.#context = context;
    this.#options = options;
    this.#parts = parts;
    this.#journal = parts.journal;
    this.#tell = tellWith(context, options);
    const store = new MapRunStore(context.store);
    const { journal, machineExists } = parts;
    const begin = (arn: string, metric: string) => this.#begin(arn, metric);
    this.redrives = new Redrives({ journal, machineExists, begin, mapRuns: store, clock: context.clock });
    this.mapRuns = new MapRuns(store, context, this);
  }

  /** @throws AwsError `InvalidName`, `InvalidExecutionInput`, `ExecutionAlreadyExists` */
  start(target: StartTarget, name: string | undefined, input: string): ExecutionRow {
    this.checkOpen();
    const executionName = checkName(name ?? this.#context.newId());
    checkInput(input);
    const arn = `${target.arn.replace(':stateMachine:', ':execution:')}:${executionName}`;
    const existing = this.#journal.find(arn);
    if (existing) {
      // As on AWS: while an execution runs, the same start again gives the same execution.
      if (existing.status === 'RUNNING' && existing.input === input) return existing;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const { arn: machineArn, versionArn, aliasArn, definition, roleArn } = target;
    return this.#start({ arn, name: executionName, machineArn, versionArn, aliasArn, definition, roleArn, input });
  }

  startChild({ machineArn }: MapRunRow, { arn, name, input }: PlannedChild, machine: ChildMachine): void {
    this.#start({ arn, name, machineArn, versionArn: null, aliasArn: null, ...machine, input });
  }

  #start(execution: Omit<NewExecution, 'startedAt'>): ExecutionRow {
    const { arn, machineArn, definition } = execution;
    const startedAt = this.#context.clock.now();
    const hash = createHash('sha256').update(definition).digest('hex');
    this.#journal.start({ ...execution, startedAt }, hash, executionStarted(execution, startedAt));
    this.#context.meter.count('states.executions', machineArn);
    return this.#begin(arn, METRICS.RUNNING);
  }

  /** @throws AwsError `ExecutionDoesNotExist` */
  find(arn: string): ExecutionRow {
    const row = this.#journal.find(arn);
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return row;
  }

  isRunning(arn: string): boolean {
    return this.#journal.find(arn)?.status === 'RUNNING';
  }

  async ended(arn: string): Promise<JsonObject> {
    while (this.find(arn).status === 'RUNNING') {
      await new Promise<void>((resolve) => {
        this.#endListeners.set(arn, [...(this.#endListeners.get(arn) ?? []), resolve]);
      });
    }
    return this.describe(arn);
  }

  /** As DescribeExecution tells of it. @throws AwsError `ExecutionDoesNotExist` */
  describe(arn: string): JsonObject {
    const row = this.find(arn);
    const { itemCount: _count, ...membership } = membershipOf(this.mapRuns.store.membership(arn));
    return { ...executionDescription(row, this.redrives.statusOf(row)), ...membership };
  }

  stop(arn: string, error?: string, cause?: string): ExecutionRow {
    this.checkOpen();
    const row = this.find(arn);
    if (row.status !== 'RUNNING') return row;
    (this.#running.get(arn) ?? this.#execution(row)).stop('ABORTED', error, cause);
    return this.find(arn);
  }

  stopChild(arn: string): void {
    this.stop(arn, undefined, undefined);
  }

  isRedrivable(arn: string): boolean {
    return this.redrives.isRedrivable(this.find(arn));
  }

  redriveChild(arn: string): void {
    this.redrives.redriveChild(this.find(arn));
  }

  /** Ends all executions of a machine that is deleted. */
  stopAll(machineArn: string): void {
    for (const { arn } of this.#journal.running().filter((row) => row.machineArn === machineArn)) {
      this.stop(arn, undefined, undefined);
    }
  }

  /** Resumes every execution that was running when the engine stopped, with the definition it started with. */
  resume(): void {
    this.mapRuns.abortAbandoned(({ arn, executionArn }) => this.#isPending(executionArn, arn));
    for (const row of this.#journal.running()) {
      if (this.#running.has(row.arn)) continue;
      if (this.#journal.position(row.arn)) this.#journal.restart(row.arn);
      this.#drive(this.find(row.arn));
    }
  }

  /** Stops driving; what runs goes on at the next `resume`. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#running.values()) execution.suspend();
    this.#running.clear();
  }

  /** @throws AwsError `ServiceUnavailable` */
  checkOpen(): void {
    if (this.#closed) throw new AwsError('ServiceUnavailable', 'The engine is stopping.', 503);
  }

  #begin(arn: string, metric: string): ExecutionRow {
    const row = this.find(arn);
    this.#tell(row, metric);
    this.#drive(row);
    return row;
  }

  /** Starts or resumes an execution; one that this engine cannot drive stays as it is, for a person to see and stop. */
  #drive(row: ExecutionRow): void {
    const warn = (error: unknown) => {
      this.#running.delete(row.arn);
      this.#context.warn(`The execution ${row.arn} does not go on: ${(error as Error).message}`);
    };
    try {
      const machine = this.#parts.definitions.parse(row.definition);
      const execution = this.#execution(row);
      this.#running.set(row.arn, execution);
      execution.drive(machine).catch(warn);
    } catch (error) {
      warn(error);
    }
  }

  #execution(row: ExecutionRow): Execution {
    return new Execution({
      row,
      journal: this.#journal,
      environment: environmentOf(
        this.#context,
        this.#options,
        { ...this.#parts, nested: this },
        row,
        this.#distributed(row),
      ),
      onEnd: (ending) => {
        this.#running.delete(row.arn);
        this.#tell(row, METRICS[ending.status], ending);
        // They go on when the end is written.
        for (const goOn of this.#endListeners.get(row.arn) ?? []) goOn();
        this.#endListeners.delete(row.arn);
      },
      afterEnd: ({ status }) => this.#tellMapRuns(row.arn, status),
    });
  }

  #distributed({ machineArn, roleArn, name }: ExecutionRow): DistributedMaps | undefined {
    const access = this.#options.access?.(roleArn, name);
    return access && { runs: this.mapRuns, machineArn, access };
  }

  /** What a map run does then must not keep this execution from ending. */
  #tellMapRuns(arn: string, status: ExecutionStatus): void {
    try {
      this.mapRuns.executionEnded(arn, status);
    } catch (error) {
      this.#context.warn(`The map runs of ${arn} do not end with it: ${(error as Error).message}`);
    }
  }

  /** Whether an execution goes on with this map run when it is resumed. */
  #isPending(executionArn: string, mapRunArn: string): boolean {
    if (!this.isRunning(executionArn)) return false;
    const pending = this.#journal.position(executionArn)?.pending;
    return pending !== undefined && 'mapRunArn' in pending && pending.mapRunArn === mapRunArn;
  }
}
