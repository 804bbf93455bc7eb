import { namedArn, serviceOf } from '../arn.ts';
import { AwsError, type Deliver, type FunctionInvoker, type JsonObject, type ServiceContext } from '../contracts.ts';
import { Declared } from '../declared.ts';
import type { EventSource, Poller } from '../event-source.ts';
import type { IamService } from '../iam/service.ts';
import { filledText } from '../properties.ts';
import type { Service } from '../service.ts';
import { StoredDefinitions } from '../stored-definitions.ts';
import { checkTogether, describeMapping, invalid, type Mapping, readSettings } from './mapping.ts';

export interface EventSourcesOptions {
  /** The services whose event sources can be mapped. */
  readonly sources: readonly Service[];
  readonly invoker: FunctionInvoker;
  readonly deliver: Deliver;
  readonly iam: Pick<IamService, 'authoriseFunction'>;
}

interface Entry {
  readonly mapping: Mapping;
  poller?: Poller;
}

/** All mappings: those of the app, and those that clients make, which the store keeps. */
export class Mappings {
  readonly #context: ServiceContext;
  readonly #options: EventSourcesOptions;
  readonly #declared: Declared;
  readonly #stored: StoredDefinitions<Mapping>;
  readonly #entries = new Map<string, Entry>();
  /** Those that are being changed, until the poller from before has ended. */
  readonly #changing = new Set<string>();

  constructor(context: ServiceContext, options: EventSourcesOptions) {
    this.#context = context;
    this.#options = options;
    this.#declared = new Declared(context.warn);
    this.#stored = new StoredDefinitions(context.store, 'lambda_event_source_mappings');
  }

  /** A mapping of the app. @throws Error for a source or a setting that this runtime does not have */
  declare(mapping: Mapping): void {
    this.#starterOf(mapping);
    this.#declared.add(mapping.uuid);
    this.#entries.set(mapping.uuid, { mapping });
  }

  /**
   * Starts the pollers.
   * @throws AwsError when the role of a function of the app does not allow what the poller does in its name
   */
  resume(): void {
    for (const entry of this.#entries.values()) this.#start(entry);
    for (const mapping of this.#stored.all()) {
      if (this.#entries.has(mapping.uuid)) continue;
      const entry = { mapping };
      this.#entries.set(mapping.uuid, entry);
      try {
        this.#start(entry);
      } catch (error) {
        this.#context.warn(
          `The event source mapping ${mapping.uuid}, which a client made, does not start: ${(error as Error).message}`,
        );
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(async ({ poller }) => poller?.close()));
  }

  list(): Mapping[] {
    return [...this.#entries.values()].map(({ mapping }) => mapping);
  }

  /** @throws AwsError `ResourceNotFoundException` */
  get(uuid: string): JsonObject {
    const { mapping } = this.#find(uuid);
    return describeMapping(mapping, this.#context, this.#changing.has(uuid) ? 'Updating' : undefined);
  }

  /** @throws AwsError for what Lambda refuses */
  async create({ EventSourceArn, FunctionName, Enabled, ...given }: JsonObject): Promise<JsonObject> {
    const eventSourceArn = filledText(EventSourceArn);
    if (eventSourceArn === undefined) throw invalid('EventSourceArn is missing: this runtime maps queues and streams.');
    const mapping: Mapping = {
      uuid: this.#context.newId(),
      eventSourceArn,
      functionArn: this.#functionArn(FunctionName),
      enabled: Enabled !== false,
      settings: readSettings(eventSourceArn, given),
      updatedAt: this.#context.clock.now(),
    };
    this.#refuseSecond(mapping);
    await this.#check(mapping);
    this.#put(mapping);
    return describeMapping(mapping, this.#context, 'Creating');
  }

  /** @throws AwsError for what Lambda refuses */
  async update(uuid: string, { FunctionName, Enabled, ...given }: JsonObject): Promise<JsonObject> {
    const { mapping: known, poller } = this.#find(uuid);
    const mapping: Mapping = {
      ...known,
      functionArn: FunctionName === undefined ? known.functionArn : this.#functionArn(FunctionName),
      enabled: Enabled === undefined ? known.enabled : Enabled !== false,
      settings: { ...known.settings, ...readSettings(known.eventSourceArn, given) },
      updatedAt: this.#context.clock.now(),
    };
    this.#refuseSecond(mapping);
    await this.#changed(uuid, async () => {
      await this.#check(mapping);
      await poller?.close();
      this.#put(mapping);
    });
    return describeMapping(mapping, this.#context, 'Updating');
  }

  /** Its position in a stream is forgotten. @throws AwsError for what Lambda refuses */
  async remove(uuid: string): Promise<JsonObject> {
    const { mapping, poller } = this.#find(uuid);
    this.#declared.refuseDeletion(uuid, 'ResourceInUseException');
    await this.#changed(uuid, async () => {
      this.#stored.remove(uuid);
      await poller?.close();
      this.#sourceOf(mapping).forget?.(mapping.eventSourceArn, mapping.functionArn);
      this.#entries.delete(uuid);
    });
    return describeMapping(mapping, this.#context, 'Deleting');
  }

  async #changed(uuid: string, change: () => Promise<void>): Promise<void> {
    if (this.#changing.has(uuid)) {
      throw new AwsError('ResourceInUseException', `The event source mapping ${uuid} is being changed. Try again.`);
    }
    this.#changing.add(uuid);
    await change().finally(() => this.#changing.delete(uuid));
  }

  #put(mapping: Mapping): void {
    if (this.#declared.has(mapping.uuid)) this.#declared.warnOfChange(mapping.uuid);
    else this.#stored.put(mapping.uuid, mapping);
    const entry = { mapping };
    this.#entries.set(mapping.uuid, entry);
    this.#start(entry);
  }

  #start(entry: Entry): void {
    if (entry.poller !== undefined || !entry.mapping.enabled) return;
    const { functionArn } = entry.mapping;
    const { invoker, deliver } = this.#options;
    this.#authorise(entry.mapping);
    entry.poller = this.#starterOf(entry.mapping)({ functionArn, invoker, deliver });
  }

  /** Before anything is changed. */
  async #check(mapping: Mapping): Promise<void> {
    try {
      this.#starterOf(mapping);
      checkTogether(mapping);
      this.#authorise(mapping);
      await this.#sourceOf(mapping).check(mapping.eventSourceArn);
    } catch (error) {
      throw invalid(`The mapping cannot be made: ${(error as Error).message}`);
    }
  }

  #authorise(mapping: Mapping): void {
    const resource = mapping.eventSourceArn;
    const needed = this.#sourceOf(mapping).actions.map((action) => ({ action, resource }));
    this.#options.iam.authoriseFunction(mapping.functionArn, needed);
  }

  #starterOf({ uuid, eventSourceArn, functionArn, settings }: Mapping): ReturnType<EventSource['map']> {
    return this.#sourceOf({ eventSourceArn }).map({
      stack: '',
      logicalId: uuid,
      type: 'AWS::Lambda::EventSourceMapping',
      properties: { ...settings, EventSourceArn: eventSourceArn, FunctionName: functionArn },
      assets: new Map(),
    });
  }

  #sourceOf({ eventSourceArn }: Pick<Mapping, 'eventSourceArn'>): EventSource {
    const { sources } = this.#options;
    const source = sources.find(({ name }) => name === serviceOf(eventSourceArn))?.eventSource;
    if (source !== undefined) return source;
    const known = sources.map(({ name }) => name).join(' and ');
    throw new Error(`It maps from ${serviceOf(eventSourceArn)}; this runtime has event sources from ${known}.`);
  }

  #functionArn(nameOrArn: JsonObject[string] | undefined): string {
    const named = filledText(nameOrArn);
    if (named === undefined) throw invalid('FunctionName is missing.');
    return namedArn(this.#context, 'lambda', 'function:', named);
  }

  #refuseSecond({ uuid, eventSourceArn, functionArn }: Mapping): void {
    const other = this.list().find(
      (known) => known.uuid !== uuid && known.eventSourceArn === eventSourceArn && known.functionArn === functionArn,
    );
    if (other === undefined) return;
    throw new AwsError(
      'ResourceConflictException',
      `The event source arn ("${eventSourceArn}") and function ("${functionArn}") provided mapping already exists. Please update or delete the existing mapping with UUID ${other.uuid}`,
      409,
    );
  }

  #find(uuid: string): Entry {
    const entry = this.#entries.get(uuid);
    if (entry === undefined) {
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
    }
    return entry;
  }
}
