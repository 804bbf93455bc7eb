import path from 'node:path';
import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import type { EventSource } from '../event-source.ts';
import { present } from '../properties.ts';
import type { Permission, Service } from '../service.ts';
import type { Shortcut } from '../shortcut.ts';
import { engineHere } from './engines.ts';
import { streamEventSource } from './event-source.ts';
import { keepEngine } from './kept-engine.ts';
import { dynamoDbPermissions } from './permissions.ts';
import { DynamoDbProxy } from './proxy.ts';
import { tableResources } from './resources.ts';
import type { ItemReport, ItemShortcutData } from './shortcut.ts';
import { askByName } from './table-arns.ts';
import { TableProvider } from './tables.ts';
import { TimeToLive } from './time-to-live.ts';

const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);

export interface DynamoDbOptions {
  /** The runtime's folder. @default data in memory, gone at the end */
  readonly dataDir?: string;
  readonly onProgress: (step: string) => void;
  /** Called when the engine is away for good, with what to tell the person. */
  readonly fail: (reason: Error) => void;
}

interface Database {
  readonly process: { close(): Promise<void> };
  readonly proxy: DynamoDbProxy;
  readonly tables: TableProvider;
  /** Absent when the engine itself deletes what has expired. */
  readonly timeToLive?: TimeToLive;
}

/** DynamoDB and its streams: an engine behind a proxy that corrects and meters it. */
export class DynamoDbService implements Service {
  readonly name = 'dynamodb';
  readonly targets = ['DynamoDB_20120810', 'DynamoDBStreams_20120810'];
  readonly meters = ['dynamodb.readUnits', 'dynamodb.writeUnits'];
  readonly resources = tableResources(() => this.#started.tables);
  readonly eventSource: EventSource;
  readonly #context: ServiceContext;
  readonly #options: DynamoDbOptions;
  #database: Database | undefined;

  constructor(context: ServiceContext, options: DynamoDbOptions) {
    this.#context = context;
    this.#options = options;
    this.eventSource = streamEventSource(context, () => this.proxy);
  }

  /** @throws EngineUnavailable */
  async start(): Promise<void> {
    const { dataDir, onProgress, fail } = this.#options;
    const dir = dataDir === undefined ? undefined : path.join(dataDir, 'dynamodb');
    const engine = engineHere(dir);
    onProgress(`starting ${engine.title}`);
    const { warn } = this.#context;
    const process = await keepEngine(engine, { ...present({ dir }), warn, fail });
    const proxy = new DynamoDbProxy(this.#context, process);
    this.#database = {
      process,
      proxy,
      tables: new TableProvider(this.#context, proxy),
      ...(!engine.deletesExpired && { timeToLive: new TimeToLive(proxy.ask, { now: Date.now, warn }) }),
    };
  }

  get proxy(): DynamoDbProxy {
    return this.#started.proxy;
  }

  handle(operation: string, input: JsonObject): Promise<JsonObject> {
    return STREAM_OPERATIONS.has(operation)
      ? this.proxy.streamCommand(operation, input)
      : askByName(this.#context, input, (request) => this.#ofTables(operation, request));
  }

  async #ofTables(operation: string, request: JsonObject): Promise<JsonObject> {
    try {
      return await this.proxy.tableCommand(operation, request);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'UnknownOperationException')) throw error;
      throw new AwsError(error.code, `The embedded DynamoDB (${this.proxy.engine.title}) does not have ${operation}.`);
    }
  }

  /** For functions: their requests about items need not pass through this thread. */
  shortcut(): Shortcut<ItemShortcutData, ItemReport> {
    const { region, account } = this.#context;
    return this.proxy.shortcut({ region, account });
  }

  permissions(operation: string, input: JsonObject): Permission[] {
    return dynamoDbPermissions(operation, input, this.#context);
  }

  async close(): Promise<void> {
    await this.#database?.timeToLive?.close();
    await this.#database?.proxy.close();
    await this.#database?.process.close();
  }

  get #started(): Database {
    if (this.#database === undefined) throw new Error('The engine has not been started.');
    return this.#database;
  }
}
