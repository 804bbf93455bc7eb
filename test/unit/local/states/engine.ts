import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import type { IamService } from '../../../../local/iam/service.ts';
import { S3Service } from '../../../../local/s3/service.ts';
import { TaskFailure } from '../../../../local/states/failure.ts';
import { type Integrations, onlyIntegrations, type TaskIntegration } from '../../../../local/states/integration.ts';
import { guardedAccess } from '../../../../local/states/map-runs/access.ts';
import { StatesService } from '../../../../local/states/service.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

export const RESOURCE = 'arn:aws:states:::lambda:invoke';
export const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:machine';
export const ROLE = 'arn:aws:iam::000000000000:role/machine';

export interface EngineOptions {
  /** What tasks do; they answer `null` when absent. */
  readonly task?: TaskIntegration;
  /** What tasks can call; the task alone when absent. */
  readonly integrations?: Integrations;
  readonly random?: () => number;
  readonly store?: DatabaseSync;
  readonly clock?: VirtualClock;
  /** What IAM says; it allows everything when absent. */
  readonly authoriseRole?: IamService['authoriseRole'];
}

const BUCKET = {
  stack: 'Test',
  logicalId: 'Bucket',
  type: 'AWS::S3::Bucket',
  properties: { BucketName: 'bucket' },
  assets: new Map<string, string>(),
};

export interface WireEvent extends JsonObject {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
}

/** The engine in virtual time, with a task that the test plays. */
export class Engine {
  readonly clock: VirtualClock;
  readonly context: TestContext;
  readonly service: StatesService;
  /** What distributed Maps read and write; the bucket `bucket` is there. */
  readonly s3: S3Service;
  /** The details of the status changes, in order. */
  readonly changes: JsonObject[] = [];

  constructor({
    task = async () => null,
    integrations = onlyIntegrations({ [RESOURCE]: task }),
    random = () => 0.5,
    store = new DatabaseSync(':memory:'),
    clock = new VirtualClock(),
    authoriseRole = () => {},
  }: EngineOptions = {}) {
    this.clock = clock;
    this.context = testContext(clock, store);
    this.s3 = new S3Service(this.context);
    void this.s3.resources['AWS::S3::Bucket']!(BUCKET);
    this.service = new StatesService(this.context, {
      integrations,
      access: guardedAccess({ s3: this.s3, iam: { authoriseRole } }),
      random,
      onStatusChange: (detail) => void this.changes.push(detail),
    });
  }

  define(states: JsonObject, fields: JsonObject = {}): void {
    this.service.createStateMachine({
      name: 'machine',
      arn: MACHINE,
      roleArn: ROLE,
      definition: JSON.stringify(machine(states, fields)),
    });
  }

  async call(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.service.handle(operation, input);
  }

  async start(input: Json = {}, fields: JsonObject = {}): Promise<string> {
    const { executionArn } = await this.call('StartExecution', {
      stateMachineArn: MACHINE,
      input: JSON.stringify(input),
      ...fields,
    });
    return executionArn as string;
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Jumps from timer to timer until the execution has ended. */
  async finish(executionArn: string): Promise<JsonObject> {
    for (;;) {
      await this.settle();
      const description = await this.call('DescribeExecution', { executionArn });
      if (description.status !== 'RUNNING') return description;
      if (!this.clock.advanceToNext()) throw new Error('The execution has not ended, and waits for nothing.');
    }
  }

  /** Runs a machine of these states to its end. */
  async run(states: JsonObject, input: Json = {}, fields: JsonObject = {}): Promise<Ended> {
    this.define(states, fields);
    return this.ended(await this.start(input));
  }

  async ended(executionArn: string): Promise<Ended> {
    const { status, output, error, cause } = await this.finish(executionArn);
    return {
      status: status as string,
      ...(output === undefined ? {} : { output: JSON.parse(output as string) as Json }),
      ...(error === undefined ? {} : { error: error as string }),
      ...(cause === undefined ? {} : { cause: cause as string }),
    };
  }

  async history(executionArn: string, fields: JsonObject = {}): Promise<WireEvent[]> {
    const { events } = await this.call('GetExecutionHistory', { executionArn, maxResults: 1_000, ...fields });
    return events as unknown as WireEvent[];
  }

  async historyTypes(executionArn: string): Promise<string[]> {
    return (await this.history(executionArn)).map(({ type }) => type);
  }

  /** Seconds since `startMs` of the virtual clock. */
  secondsSince(startMs: number): number {
    return (this.clock.now() - startMs) / 1_000;
  }
}

export interface Ended {
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** A machine of these states; the first is where it starts. */
export const machine = (states: JsonObject, fields: JsonObject = {}): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0]!,
  States: states,
  ...fields,
});

/** A Task that passes `Arguments` on, and ends the machine unless the fields say otherwise. */
export const task = (fields: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: RESOURCE,
  ...('Next' in fields ? {} : { End: true }),
  ...fields,
});

/** A task that fails with these errors, one after the other, and then answers. */
export function failing(errors: readonly string[], answer: Json = 'done'): TaskIntegration {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error !== undefined) throw new TaskFailure(error, `because of ${error}`);
    return answer;
  };
}

/** A task that gives its Arguments, which are a name; it fails with `Broken` as often as is said for the name, and notes its calls. */
export function failingFor(failures: Readonly<Record<string, number>>): {
  readonly calls: string[];
  readonly task: TaskIntegration;
} {
  const calls: string[] = [];
  const left = { ...failures };
  return {
    calls,
    task: async (args) => {
      const name = args as string;
      calls.push(name);
      left[name] = (left[name] ?? 0) - 1;
      if (left[name] >= 0) throw new TaskFailure('Broken', `${name} is broken`);
      return name;
    },
  };
}

export const never = (): Promise<never> => new Promise<never>(() => {});

/** A store in a file of its own, so that a second engine can open what a killed one left. */
export class StoreFile {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'states-'));
  readonly #open: DatabaseSync[] = [];

  /** @param commits how many transactions end before the process is as good as killed; all when absent */
  open(commits = Number.POSITIVE_INFINITY): DatabaseSync {
    const store = new MortalStore(path.join(this.#folder, 'runtime.db'), commits);
    this.#open.push(store);
    return store;
  }

  /** An engine on what the one before left; a killed one is not closed, it just never does anything again. */
  restarted(before: Engine, options: { readonly task?: TaskIntegration } = {}, commits?: number): Engine {
    const engine = new Engine({ store: this.open(commits), ...options });
    engine.clock.advance(before.clock.now() - engine.clock.now());
    return engine;
  }

  remove(): void {
    for (const store of this.#open) store.close();
    rmSync(this.#folder, { recursive: true });
  }
}

class MortalStore extends DatabaseSync {
  #commits: number;

  constructor(file: string, commits: number) {
    super(file);
    this.#commits = commits;
  }

  override exec(sql: string): void {
    if (sql.startsWith('BEGIN')) {
      if (this.#commits === 0) throw new Error('killed');
      this.#commits -= 1;
    }
    super.exec(sql);
  }
}
