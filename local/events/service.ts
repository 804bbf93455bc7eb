import { arnOf, namedArn } from '../arn.ts';
import { AwsError, type Deliver, type Json, type JsonObject, type ServiceContext } from '../contracts.ts';
import { compilePattern, type Predicate } from '../event-pattern.ts';
import { filledText, objects, present } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Service } from '../service.ts';
import { Deliveries } from './deliveries.ts';
import { type AcceptedEntry, busNameOf, type EntryRefusal, envelopeOf, readEntry, sizeOfEntry } from './entry.ts';
import { eventResources } from './resources.ts';
import {
  type BusDefinition,
  type EventEnvelope,
  type PutEventsEntry,
  type RuleDefinition,
  type RuleTarget,
  ruleArn,
  type ServiceEvent,
} from './rule.ts';
import { parseSchedule } from './schedule.ts';
import { Schedules } from './schedules.ts';
import { compileInput, type TargetInput } from './target-input.ts';
import { testEventPattern } from './test-event-pattern.ts';

const MAX_ENTRIES = 10;
const MAX_REQUEST_BYTES = 262_144;
/** EventBridge bills an event for every started 64 KB. */
const BILLED_CHUNK_BYTES = 65_536;
const MAX_TARGETS = 5;

interface Rule {
  readonly definition: RuleDefinition;
  readonly arn: string;
  readonly matches: Predicate;
  readonly targets: readonly { readonly target: RuleTarget; readonly inputOf: TargetInput }[];
}

interface Bus extends BusDefinition {
  readonly rules: Rule[];
}

export type EventListener = (event: EventEnvelope, busName: string) => void;

/** Amazon EventBridge: buses, rules with event patterns, and delivery to targets. The default bus always exists. */
export class EventsService implements Service {
  readonly name = 'events';
  readonly targets = ['AWSEvents'];
  readonly meters = ['events.published'];
  readonly resources: ResourceTypes;
  readonly #context: ServiceContext;
  readonly #deliveries: Deliveries;
  readonly #schedules: Schedules;
  readonly #buses = new Map<string, Bus>();
  readonly #listeners = new Set<EventListener>();

  constructor(context: ServiceContext, deliver: Deliver) {
    this.#context = context;
    this.#deliveries = new Deliveries(context, deliver);
    this.#schedules = new Schedules(context);
    this.resources = eventResources(this, context);
    this.defineBus({ name: 'default', arn: arnOf(context, this.name, 'event-bus/default') });
  }

  defineBus(bus: BusDefinition): void {
    this.#buses.set(bus.name, { ...bus, rules: [] });
  }

  /** @throws Error naming the rule, for anything EventBridge would refuse or this runtime does not have. */
  defineRule(definition: RuleDefinition): void {
    const { name, busName, pattern, schedule, targets } = definition;
    const bus = this.#buses.get(busNameOf(busName));
    if (bus === undefined) throw new Error(`The rule ${name} is on the event bus ${busName}, which does not exist.`);
    if (targets.length > MAX_TARGETS) {
      throw new Error(`The rule ${name} has ${targets.length} targets; EventBridge allows ${MAX_TARGETS}.`);
    }
    const arn = ruleArn(this.#context, bus.name, name);
    try {
      const compiled = targets.map((target) => ({ target, inputOf: compileInput(target, { name, arn }) }));
      const rule = { definition, arn, matches: pattern ? compilePattern(pattern) : () => false, targets: compiled };
      bus.rules.push(rule);
      if (schedule !== undefined) this.#schedule(rule, schedule);
    } catch (error) {
      throw new Error(`The rule ${name} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }

  /**
   * PutEvents: when it answers, accepted entries are in the queues they are for, and recorded for other targets.
   * An invalid entry fails alone (`FailedEntryCount`, and `ErrorCode` at its place).
   * @throws AwsError `ValidationException` for no or more than 10 entries, or more than 256 KB.
   */
  async putEvents(entries: readonly PutEventsEntry[]): Promise<JsonObject> {
    if (entries.length < 1 || entries.length > MAX_ENTRIES) {
      throw new AwsError('ValidationException', `PutEvents takes 1 to ${MAX_ENTRIES} entries, got ${entries.length}.`);
    }
    const sizes = entries.map(sizeOfEntry);
    if (sizes.reduce((sum, size) => sum + size, 0) > MAX_REQUEST_BYTES) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const answers: JsonObject[] = [];
    for (const [index, entry] of entries.entries()) answers.push(await this.#put(readEntry(entry), sizes[index]!));
    return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
  }

  /** An event of an AWS service (such as aws.states) on the default bus: free, and any source is allowed. */
  async publishServiceEvent({ source, detailType, detail, resources = [] }: ServiceEvent): Promise<void> {
    await this.#publish(this.#buses.get('default')!, { busName: 'default', source, detailType, detail, resources });
  }

  /** Resumes schedules, and deliveries that were pending when an earlier process ended; call it when every target exists. */
  resume(): void {
    this.#deliveries.resume();
    this.#schedules.resume();
  }

  /** Calls `listener`, which must not throw, for each event that was accepted. Returns what ends the subscription. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async handle(operation: string, input: JsonObject): Promise<JsonObject> {
    switch (operation) {
      case 'PutEvents':
        if (!Array.isArray(input['Entries'])) {
          throw new AwsError('ValidationException', 'PutEvents needs a list of Entries.');
        }
        return this.putEvents(input['Entries'] as PutEventsEntry[]);
      case 'DescribeEventBus': {
        const { name, arn } = this.#bus(input['Name']);
        return { Name: name, Arn: arn };
      }
      case 'ListRules':
        return { Rules: this.#bus(input['EventBusName']).rules.map(describeRule) };
      case 'TestEventPattern':
        return { Result: testEventPattern(input) };
      default:
        throw new AwsError('UnknownOperationException', `The embedded EventBridge has no operation ${operation}.`);
    }
  }

  /** An operation needs the permission for every bus that it names. */
  permissions(operation: string, { Entries, Name, EventBusName }: JsonObject): Permission[] {
    const buses =
      Entries === undefined
        ? [filledText(Name) ?? filledText(EventBusName) ?? 'default']
        : objects(Entries).map((entry) => filledText(entry.EventBusName) ?? 'default');
    return [...new Set(buses)].map((bus) => ({
      action: `events:${operation}`,
      resource: namedArn(this.#context, this.name, 'event-bus/', bus),
    }));
  }

  /** Stops retrying; pending deliveries stay recorded. */
  close(): void {
    this.#schedules.close();
    this.#deliveries.close();
    this.#listeners.clear();
  }

  #bus(nameOrArn: Json | undefined): Bus {
    const name = busNameOf(nameOrArn);
    const bus = this.#buses.get(name);
    if (bus === undefined) throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    return bus;
  }

  #schedule({ definition, arn, targets }: Rule, expression: string): void {
    const { name, busName, enabled } = definition;
    if (busNameOf(busName) !== 'default') throw new Error('schedules are of the default bus only.');
    if (!enabled) return;
    const { account, region, newId } = this.#context;
    const event = {
      busName: 'default',
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [arn],
    };
    const fire = (now: number) => {
      const envelope = envelopeOf(event, { id: newId(), now, account, region });
      const starts = targets.map(({ target, inputOf }) => this.#deliveries.prepare(name, target, inputOf(envelope)));
      return () => {
        for (const start of starts) start();
      };
    };
    this.#schedules.add({ name, expression, schedule: parseSchedule(expression), fire });
  }

  async #put(entry: AcceptedEntry | EntryRefusal, bytes: number): Promise<JsonObject> {
    if ('ErrorCode' in entry) return { ...entry };
    const bus = this.#buses.get(entry.busName);
    if (bus === undefined) {
      return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${entry.busName} does not exist.` };
    }
    const id = await this.#publish(bus, entry);
    this.#context.meter.count('events.published', bus.name, Math.ceil(bytes / BILLED_CHUNK_BYTES));
    return { EventId: id };
  }

  async #publish(bus: Bus, entry: AcceptedEntry): Promise<string> {
    const { clock, account, region, newId } = this.#context;
    const event = envelopeOf(entry, { id: newId(), now: clock.now(), account, region });
    for (const { definition, matches, targets } of bus.rules) {
      if (!definition.enabled || !matches(event as unknown as JsonObject)) continue;
      for (const { target, inputOf } of targets) {
        await this.#deliveries.dispatch(definition.name, target, inputOf(event));
      }
    }
    for (const listener of this.#listeners) listener(event, bus.name);
    return event.id;
  }
}

const describeRule = ({ definition: { name, busName, pattern, schedule, enabled }, arn }: Rule): JsonObject => ({
  Name: name,
  Arn: arn,
  EventBusName: busName,
  ...present({ EventPattern: pattern && JSON.stringify(pattern), ScheduleExpression: schedule }),
  State: enabled ? 'ENABLED' : 'DISABLED',
});
