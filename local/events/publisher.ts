import { AwsError, type JsonObject, type ServiceContext } from '../contracts.ts';
import type { Archives } from './archives.ts';
import type { Bus, Catalogue } from './catalogue.ts';
import type { Rule } from './compiled-rule.ts';
import type { Deliveries } from './deliveries.ts';
import { type AcceptedEntry, type EntryRefusal, envelopeOf, readEntry, sizeOfEntry } from './entry.ts';
import type { EventEnvelope, PutEventsEntry, RuleTarget } from './rule.ts';

const MAX_ENTRIES = 10;
const MAX_REQUEST_BYTES = 262_144;
/** EventBridge bills an event for every started 64 KB. */
const BILLED_CHUNK_BYTES = 65_536;

export type EventListener = (event: EventEnvelope, busName: string) => void;

/** Brings events to the rules of their bus, and from there to targets. */
export class Publisher {
  readonly #context: ServiceContext;
  readonly #catalogue: Catalogue;
  readonly #deliveries: Deliveries;
  readonly #archives: Archives;
  readonly #listeners = new Set<EventListener>();

  constructor(context: ServiceContext, catalogue: Catalogue, deliveries: Deliveries, archives: Archives) {
    this.#context = context;
    this.#catalogue = catalogue;
    this.#deliveries = deliveries;
    this.#archives = archives;
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

  /** A new event of the entry. */
  envelopeOf(entry: Omit<AcceptedEntry, 'busName'>, now = this.#context.clock.now()): EventEnvelope {
    const { account, region, newId } = this.#context;
    return envelopeOf(entry, { id: newId(), now, account, region });
  }

  /** Resolves when the event is in its archives, and where `Deliveries.dispatch` says for each target. */
  async publish(bus: Bus, event: EventEnvelope): Promise<void> {
    this.#archives.keep(bus, event);
    for (const rule of this.#catalogue.rulesOn(bus)) {
      if (!isFor(rule, event)) continue;
      for (const { target, payload } of this.#inputs(rule, event)) {
        await this.#deliveries.dispatch(rule.arn, target, payload);
      }
    }
    for (const listener of this.#listeners) listener(event, bus.name);
  }

  /** Records the deliveries of a rule for a caller that has more to record in the same transaction. Answers what begins with them. */
  prepare(rule: Rule, event: EventEnvelope): () => void {
    const starts = this.#inputs(rule, event).map(({ target, payload }) =>
      this.#deliveries.prepare(rule.arn, target, payload),
    );
    return () => {
      for (const start of starts) start();
    };
  }

  /** Calls `listener`, which must not throw, for each event that was accepted. Returns what ends the subscription. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }

  /** What each target gets; a target whose template makes no JSON of the event gets nothing. */
  #inputs({ definition, targets }: Rule, event: EventEnvelope): { target: RuleTarget; payload: string }[] {
    return targets.flatMap(({ target, inputOf }) => {
      const payload = inputOf(event);
      if (payload !== undefined) {
        this.#context.meter.count('events.deliveries', definition.name);
        return [{ target, payload }];
      }
      this.#context.warn(
        `The rule ${definition.name} drops the event ${event.id} for its target ${target.id}: the InputTemplate makes no JSON of it.`,
      );
      return [];
    });
  }

  async #put(entry: AcceptedEntry | EntryRefusal, bytes: number): Promise<JsonObject> {
    if ('ErrorCode' in entry) return { ...entry };
    const event = this.envelopeOf(entry);
    const bus = this.#catalogue.findBus(entry.busName);
    // Recorded: EventBridge accepts an event for a bus that does not exist, and nobody gets it.
    if (bus === undefined) {
      this.#context.warn(`The event ${event.id} is for the bus ${entry.busName}, which does not exist.`);
    } else await this.publish(bus, event);
    this.#context.meter.count('events.published', entry.busName, Math.ceil(bytes / BILLED_CHUNK_BYTES));
    return { EventId: event.id };
  }
}

export const isFor = ({ definition, matches }: Rule, event: EventEnvelope): boolean =>
  definition.enabled && matches(event as unknown as JsonObject);
