import { createHash } from 'node:crypto';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import { filledText } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Service } from '../service.ts';
import { type StatesApi, statesApi } from './api.ts';
import type { Machine } from './definition.ts';
import { Execution } from './execution.ts';
import type { TaskIntegration } from './integration.ts';
import { type Ending, type ExecutionRow, Journal } from './journal.ts';
import { Machines, type Route } from './machines.ts';
import { type StateMachines, stateResources } from './resources.ts';
import { TaskTokens } from './task-tokens.ts';
import { parseDefinition } from './validate.ts';
import { statusChange } from './wire.ts';

export interface StatesOptions {
  /** What tasks can call, by their `Resource`. */
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  /** Numbers from 0 to below 1, for jitter and for the routes of aliases. */
  readonly random: () => number;
  /** Gets each start and end, in the form of AWS's event "Step Functions Execution Status Change". */
  readonly onStatusChange: (detail: JsonObject) => void;
}

// eslint-disable-next-line no-control-regex -- AWS forbids them by name
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]{1,80}$/;
/** What CloudWatch counts at the start and the end of an execution. */
const METRICS = {
  RUNNING: 'ExecutionsStarted',
  SUCCEEDED: 'ExecutionsSucceeded',
  FAILED: 'ExecutionsFailed',
  TIMED_OUT: 'ExecutionsTimedOut',
  ABORTED: 'ExecutionsAborted',
} as const;
const MAX_INPUT_BYTES = 256 * 1024;

/** Step Functions for standard workflows in JSONata. Executions are journaled: after a kill, `resume` goes on where they stood. */
export class StatesService implements Service, StateMachines {
  readonly name = 'states';
  readonly targets = ['AWSStepFunctions'];
  readonly meters = ['states.transitions'];
  readonly resources: ResourceTypes;
  readonly handle: StatesApi;
  readonly #context: ServiceContext;
  readonly #options: StatesOptions;
  readonly #journal: Journal;
  readonly #machines: Machines;
  readonly #tokens: TaskTokens;
  readonly #parsed = new Map<string, Machine>();
  readonly #running = new Map<string, Execution>();
  #closed = false;

  constructor(context: ServiceContext, options: StatesOptions) {
    this.#context = context;
    this.#options = options;
    this.#journal = new Journal(context.store);
    this.#machines = new Machines(context.store);
    this.#tokens = new TaskTokens(context.store, context.newId);
    this.resources = stateResources(this, context);
    this.handle = statesApi(this.#journal, this.#machines, this.#tokens, {
      start: (arn, name, input) => this.#start(arn, name, input),
      stop: (arn, error, cause) => this.#stop(arn, error, cause),
    });
  }

  /** @throws AwsError `InvalidDefinition` */
  createStateMachine({ name, arn, definition, roleArn }: Parameters<StateMachines['createStateMachine']>[0]): void {
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

  /** A task is answered on its machine; a token that is not known is refused whatever the caller may do. */
  permissions(operation: string, { stateMachineArn, executionArn, taskToken }: JsonObject): Permission[] {
    const action = `states:${operation}`;
    if (typeof taskToken === 'string') {
      const execution = this.#journal.find(this.#tokens.executionOf(taskToken) ?? '');
      return execution ? [{ action, resource: execution.machineArn }] : [];
    }
    return [{ action, resource: filledText(stateMachineArn) ?? filledText(executionArn) ?? '*' }];
  }

  /** Resumes every execution that was running when the engine stopped, with the definition it started with. */
  resume(): void {
    for (const row of this.#journal.running()) {
      if (!this.#running.has(row.arn)) this.#drive(row);
    }
  }

  /** Stops driving; what runs goes on at the next `resume`. */
  close(): void {
    this.#closed = true;
    for (const execution of this.#running.values()) execution.suspend();
    this.#running.clear();
  }

  #start(arn: string, name: string | undefined, input: string): ExecutionRow {
    this.#checkOpen();
    const executionName = name ?? this.#context.newId();
    if (!NAME.test(executionName)) throw new AwsError('InvalidName', `Invalid Name: '${executionName}'`);
    checkInput(input);
    const target = this.#machines.target(arn, this.#options.random);
    const executionArn = `${target.arn.replace(':stateMachine:', ':execution:')}:${executionName}`;
    const existing = this.#journal.find(executionArn);
    if (existing) {
      // As on AWS: while an execution runs, the same start again gives the same execution.
      if (existing.status === 'RUNNING' && existing.input === input) return existing;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    }
    const startedAt = this.#context.clock.now();
    const hash = createHash('sha256').update(target.definition).digest('hex');
    this.#journal.start(
      {
        arn: executionArn,
        name: executionName,
        machineArn: target.arn,
        versionArn: target.versionArn,
        aliasArn: target.aliasArn,
        definition: target.definition,
        roleArn: target.roleArn,
        input,
        startedAt,
      },
      hash,
      {
        id: 1,
        previousId: 0,
        timestamp: startedAt,
        type: 'ExecutionStarted',
        details: { executionStartedEventDetails: { input, roleArn: target.roleArn } },
      },
    );
    const row = this.#journal.find(executionArn)!;
    this.#tell(row);
    this.#drive(row);
    return row;
  }

  #stop(executionArn: string, error: string | undefined, cause: string | undefined): ExecutionRow {
    this.#checkOpen();
    const row = this.#journal.find(executionArn);
    if (!row) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
    if (row.status !== 'RUNNING') return row;
    (this.#running.get(executionArn) ?? this.#execution(row)).stop('ABORTED', error, cause);
    return this.#journal.find(executionArn)!;
  }

  /** Starts or resumes an execution; one that this engine cannot drive stays as it is, for a person to see and stop. */
  #drive(row: ExecutionRow): void {
    const warn = (error: unknown) => {
      this.#running.delete(row.arn);
      this.#context.warn(`The execution ${row.arn} does not go on: ${(error as Error).message}`);
    };
    try {
      const machine = this.#parse(row.definition);
      const execution = this.#execution(row);
      this.#running.set(row.arn, execution);
      execution.drive(machine).catch(warn);
    } catch (error) {
      warn(error);
    }
  }

  #execution(row: ExecutionRow): Execution {
    const { clock, newId, meter, region } = this.#context;
    const { integrations, random } = this.#options;
    const machineName = row.machineArn.split(':').at(-1)!;
    return new Execution({
      row,
      journal: this.#journal,
      environment: {
        integrations,
        clock,
        region,
        tokens: this.#tokens,
        roleArn: row.roleArn,
        generators: { now: () => clock.now(), random, newId },
        countTransition: () => meter.count('states.transitions', machineName),
      },
      onEnd: (ending) => {
        this.#running.delete(row.arn);
        this.#tell(row, ending);
      },
    });
  }

  /** A listener that fails must not keep an execution from ending. */
  #tell(row: ExecutionRow, ending?: Ending): void {
    this.#context.metrics.put({
      namespace: 'AWS/States',
      name: METRICS[ending?.status ?? 'RUNNING'],
      dimensions: { StateMachineArn: row.machineArn },
      value: 1,
    });
    try {
      this.#options.onStatusChange(statusChange(row, ending));
    } catch (error) {
      this.#context.warn(`A status change of ${row.arn} was not passed on: ${(error as Error).message}`);
    }
  }

  #checkOpen(): void {
    if (this.#closed) throw new AwsError('ServiceUnavailable', 'The engine is stopping.', 503);
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
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) {
    throw new AwsError('InvalidExecutionInput', `The input has more than ${MAX_INPUT_BYTES} bytes.`);
  }
  try {
    JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}
