import { createHash } from 'node:crypto';
import { AwsError, type AwsService, type JsonObject, type ServiceContext } from '../contracts.ts';
import { StatesApi } from './api.ts';
import { Execution } from './execution.ts';
import type { Machine } from './definition.ts';
import type { TaskIntegration } from './integration.ts';
import { Journal, type Ending, type ExecutionRow } from './journal.ts';
import { Machines, type Route } from './machines.ts';
import { parseDefinition } from './validate.ts';

export interface StatesOptions {
  /** What tasks can call, by their `Resource`. */
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  /** Numbers from 0 to below 1, for jitter and for the routes of aliases. */
  readonly random: () => number;
  /** Told each start and end, in the form of AWS's event "Step Functions Execution Status Change". */
  readonly onStatusChange: (detail: JsonObject) => void;
}

const NAME = /^[\w-]{1,80}$/;
const MAX_INPUT_BYTES = 256 * 1024;

/** Step Functions for standard workflows in JSONata. Executions are journaled: after a kill, `resume` takes them up where they were. */
export class StatesService implements AwsService {
  readonly #context: ServiceContext;
  readonly #options: StatesOptions;
  readonly #journal: Journal;
  readonly #machines: Machines;
  readonly #api: StatesApi;
  readonly #parsed = new Map<string, Machine>();
  readonly #running = new Map<string, Execution>();
  #closed = false;

  constructor(context: ServiceContext, options: StatesOptions) {
    this.#context = context;
    this.#options = options;
    this.#journal = new Journal(context.store);
    this.#machines = new Machines(context.store);
    this.#api = new StatesApi(this.#journal, this.#machines, {
      start: (arn, name, input) => this.#start(arn, name, input),
      stop: (arn, error, cause) => this.#stop(arn, error, cause),
    });
  }

  /** @throws AwsError `InvalidDefinition` */
  createStateMachine({ name, arn, definition, roleArn }: { readonly name: string; readonly arn: string; readonly definition: string; readonly roleArn: string }): void {
    this.#parse(definition);
    this.#machines.put({ arn, name, definition, roleArn, createdAt: this.#context.clock.now() });
  }

  /** Freezes the machine's definition. Returns the version's ARN. */
  publishVersion(machineArn: string): string {
    return this.#machines.publish(machineArn);
  }

  defineAlias(arn: string, routes: readonly Route[]): void {
    this.#machines.putAlias(arn, routes);
  }

  handle(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.#api.handle(operation, input);
  }

  /** Takes up every execution that was running when the engine stopped, on the definition it started with. */
  resume(): void {
    for (const row of this.#journal.running()) this.#drive(row);
  }

  /** Stops driving; what runs goes on at the next `resume`. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#running.values()) execution.suspend();
    this.#running.clear();
  }

  #start(arn: string, name: string | undefined, input: string): ExecutionRow {
    if (this.#closed) throw new AwsError('ServiceUnavailable', 'The engine is stopping.', 503);
    const executionName = name ?? this.#context.newId();
    if (!NAME.test(executionName)) throw new AwsError('InvalidName', `Invalid Name: '${executionName}'`);
    checkInput(input);
    const target = this.#machines.target(arn, this.#options.random);
    const executionArn = `${target.arn.replace(':stateMachine:', ':execution:')}:${executionName}`;
    const existing = this.#journal.find(executionArn);
    if (existing) {
      // As on AWS: the same start while it runs is the same execution.
      if (existing.status === 'RUNNING' && existing.input === input) return existing;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    const startedAt = this.#context.clock.now();
    const hash = createHash('sha256').update(target.definition).digest('hex');
    this.#journal.start(
      { arn: executionArn, name: executionName, machineArn: target.arn, versionArn: target.versionArn, aliasArn: target.aliasArn, definition: target.definition, roleArn: target.roleArn, input, startedAt },
      hash,
      { id: 1, previousId: 0, timestamp: startedAt, type: 'ExecutionStarted', details: { executionStartedEventDetails: { input, roleArn: target.roleArn } } },
    );
    const row = this.#journal.find(executionArn)!;
    this.#options.onStatusChange(statusChange(row));
    this.#drive(row);
    return row;
  }

  #stop(executionArn: string, error: string | undefined, cause: string | undefined): ExecutionRow {
    const row = this.#journal.find(executionArn);
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    this.#running.get(executionArn)?.stop('ABORTED', error, cause);
    return this.#journal.find(executionArn)!;
  }

  #drive(row: ExecutionRow): void {
    const execution = new Execution(row, this.#journal, this.#context.clock, (ended, ending) => {
      this.#running.delete(row.arn);
      this.#options.onStatusChange(statusChange(ended, ending));
    });
    this.#running.set(row.arn, execution);
    void execution.drive(this.#parse(row.definition), {
      integrations: this.#options.integrations,
      clock: this.#context.clock,
      random: this.#options.random,
      region: this.#context.region,
      roleArn: row.roleArn,
      countTransition: () => this.#context.meter.count('states.transitions', row.machineArn.split(':').at(-1)!),
    });
  }

  #parse(definition: string): Machine {
    const known = this.#parsed.get(definition);
    if (known) return known;
    const machine = parseDefinition(definition, new Set(Object.keys(this.#options.integrations)));
    this.#parsed.set(definition, machine);
    return machine;
  }
}

function checkInput(input: string): void {
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) throw new AwsError('InvalidExecutionInput', `The input has more than ${MAX_INPUT_BYTES} bytes.`);
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}

function statusChange(row: ExecutionRow, ending?: Ending): JsonObject {
  return {
    executionArn: row.arn,
    stateMachineArn: row.machineArn,
    name: row.name,
    status: ending?.status ?? 'RUNNING',
    startDate: row.startedAt,
    stopDate: ending?.stoppedAt ?? null,
    input: row.input,
    output: ending?.output ?? null,
    error: ending?.error ?? null,
    cause: ending?.cause ?? null,
    stateMachineVersionArn: row.versionArn,
    stateMachineAliasArn: row.aliasArn,
  };
}
