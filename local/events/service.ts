import type { JsonObject, ServiceContext } from '../contracts.ts';
import type { OperationsApi } from '../operations.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Receiver, Service } from '../service.ts';
import { eventsApi } from './api.ts';
import { type ArchiveDefinition, Archives } from './archives.ts';
import { Catalogue } from './catalogue.ts';
import type { Rule } from './compiled-rule.ts';
import { Deliveries, type DeliverToTarget } from './deliveries.ts';
import { readEvent } from './entry.ts';
import { eventPermissions } from './permissions.ts';
import { type EventListener, Publisher } from './publisher.ts';
import { Replays } from './replays.ts';
import { eventResources } from './resources.ts';
import type { BusDefinition, PutEventsEntry, RuleDefinition, ServiceEvent } from './rule.ts';
import { Schedules } from './schedules.ts';

export interface EventsOptions {
  readonly deliver: DeliverToTarget;
  /** @throws AwsError for a target of a kind that the runtime does not have */
  readonly checkTarget: (targetArn: string) => void;
}

/** Amazon EventBridge: buses, rules with event patterns or schedules, delivery to targets, archives and replays. The default bus always exists. */
export class EventsService implements Service {
  readonly name = 'events';
  readonly targets = ['AWSEvents'];
  readonly meters = ['events.published', 'events.deliveries'];
  readonly resources: ResourceTypes;
  readonly receiver: Receiver;
  readonly operations: OperationsApi['operations'];
  readonly handle: OperationsApi['handle'];
  readonly #context: ServiceContext;
  readonly #options: EventsOptions;
  readonly #catalogue: Catalogue;
  readonly #deliveries: Deliveries;
  readonly #schedules: Schedules;
  readonly #publisher: Publisher;
  readonly #archives: Archives;
  readonly #replays: Replays;

  constructor(context: ServiceContext, options: EventsOptions) {
    this.#context = context;
    this.#options = options;
    this.#schedules = new Schedules(context);
    this.#deliveries = new Deliveries(context, options.deliver);
    this.#catalogue = new Catalogue(context, (rule) => this.#schedule(rule));
    this.#archives = new Archives(context);
    this.#publisher = new Publisher(context, this.#catalogue, this.#deliveries, this.#archives);
    this.#replays = new Replays(context, this.#archives, this.#catalogue, this.#publisher);
    this.resources = eventResources(this, context);
    ({ operations: this.operations, handle: this.handle } = eventsApi({
      context,
      catalogue: this.#catalogue,
      publisher: this.#publisher,
      archives: this.#archives,
      replays: this.#replays,
      checkTarget: options.checkTarget,
    }));
    this.receiver = {
      kind: 'an event bus',
      deliver: (arn, content) => this.#publisher.publish(this.#catalogue.bus(arn), readEvent(content)),
    };
  }

  defineBus(bus: BusDefinition): void {
    this.#catalogue.declareBus(bus);
  }

  /** @throws Error naming the rule, for anything EventBridge would refuse or this runtime does not have. */
  defineRule(definition: RuleDefinition): void {
    const { name, busName, targets } = definition;
    if (this.#catalogue.findBus(busName) === undefined) {
      throw new Error(`The rule ${name} is on the event bus ${busName}, which does not exist.`);
    }
    try {
      for (const { arn } of targets) this.#options.checkTarget(arn);
      this.#catalogue.declareRule(definition);
    } catch (error) {
      throw new Error(`The rule ${name} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }

  /** @throws Error for a bus that does not exist, or a pattern that EventBridge would refuse */
  defineArchive(definition: ArchiveDefinition): void {
    this.#catalogue.bus(definition.sourceArn);
    this.#archives.declare(definition);
  }

  /** As `Publisher.putEvents`. */
  async putEvents(entries: readonly PutEventsEntry[]): Promise<JsonObject> {
    return this.#publisher.putEvents(entries);
  }

  /** An event of an AWS service (such as aws.states) on the default bus: free, and any source is allowed. */
  async publishServiceEvent({ source, detailType, detail, resources = [] }: ServiceEvent): Promise<void> {
    const event = this.#publisher.envelopeOf({ source, detailType, detail, resources });
    await this.#publisher.publish(this.#catalogue.bus('default'), event);
  }

  /** Resumes schedules, replays, and deliveries that were pending when an earlier process ended; call it when every target exists. */
  resume(): void {
    this.#deliveries.resume();
    this.#schedules.resume();
    this.#replays.resume();
  }

  subscribe(listener: EventListener): () => void {
    return this.#publisher.subscribe(listener);
  }

  permissions(operation: string, input: JsonObject): Permission[] {
    return eventPermissions(this.#context, operation, input);
  }

  /** Stops retrying; pending deliveries stay recorded. */
  close(): void {
    this.#replays.close();
    this.#schedules.close();
    this.#deliveries.close();
    this.#publisher.close();
  }

  #schedule(rule: Rule): void {
    const { definition, arn, schedule, busName } = rule;
    const { name, enabled, schedule: expression } = definition;
    if (schedule === undefined || expression === undefined || !enabled) {
      if (busName === 'default') this.#schedules.remove(name);
      return;
    }
    const event = { source: 'aws.events', detailType: 'Scheduled Event', detail: {}, resources: [arn] };
    this.#schedules.set({
      name,
      expression,
      schedule,
      fire: (now) => this.#publisher.prepare(rule, this.#publisher.envelopeOf(event, now)),
    });
  }
}
