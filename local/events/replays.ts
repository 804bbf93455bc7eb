import { arnOf } from '../arn.ts';
import { AwsError, type ServiceContext } from '../contracts.ts';
import { sortedBy } from '../paging.ts';
import { transaction } from '../store.ts';
import { StoredDefinitions } from '../stored-definitions.ts';
import type { Archives, Position } from './archives.ts';
import type { Catalogue } from './catalogue.ts';
import { isFor, type Publisher } from './publisher.ts';
import type { EventEnvelope } from './rule.ts';

/** Events that are replayed in one transaction. */
const BATCH = 10;
/** EventBridge's. */
const MAX_ACTIVE = 10;

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export interface ReplayDefinition {
  readonly name: string;
  readonly description?: string;
  readonly archive: string;
  readonly busName: string;
  /** ARNs of the rules that get the events. @default all of the bus */
  readonly filterArns?: readonly string[];
  /** Times that events may have, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

export interface Replay extends ReplayDefinition {
  readonly state: ReplayState;
  readonly reason?: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The last event that was replayed. */
  readonly position?: Position;
}

/** Brings events of archives to the rules of their bus again, in the order of their times, at least once, across restarts. */
export class Replays {
  readonly #context: ServiceContext;
  readonly #archives: Archives;
  readonly #catalogue: Catalogue;
  readonly #publisher: Publisher;
  readonly #stored: StoredDefinitions<Replay>;
  readonly #replays: Map<string, Replay>;
  readonly #timers = new Map<string, () => void>();

  constructor(context: ServiceContext, archives: Archives, catalogue: Catalogue, publisher: Publisher) {
    this.#context = context;
    this.#archives = archives;
    this.#catalogue = catalogue;
    this.#publisher = publisher;
    this.#stored = new StoredDefinitions(context.store, 'events_replays');
    this.#replays = new Map(this.#stored.all().map((replay) => [replay.name, replay]));
  }

  /** @throws AwsError `ResourceAlreadyExistsException`, or `LimitExceededException` for too many that are under way */
  start(definition: ReplayDefinition): Replay {
    if (this.#replays.has(definition.name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Replay ${definition.name} already exists.`);
    }
    if (this.all().filter(isActive).length >= MAX_ACTIVE) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    const replay: Replay = { ...definition, state: 'STARTING', startedAt: this.#context.clock.now() };
    this.#put(replay);
    this.#goOn(replay);
    return replay;
  }

  /** @throws AwsError `IllegalStatusException` for a replay that has ended */
  cancel(name: string): Replay {
    const replay = this.require(name);
    if (!isActive(replay) || replay.state === 'CANCELLING') {
      throw new AwsError(
        'IllegalStatusException',
        `Replay ${name} is ${replay.state}; only one that is STARTING or RUNNING can be cancelled.`,
      );
    }
    return this.#put({ ...replay, state: 'CANCELLING' });
  }

  /** @throws AwsError `ResourceNotFoundException` */
  require(name: string): Replay {
    const replay = this.#replays.get(name);
    if (replay) return replay;
    throw new AwsError('ResourceNotFoundException', `Replay ${name} does not exist.`);
  }

  all(): Replay[] {
    return sortedBy(this.#replays.values(), ({ name }) => name);
  }

  arnOf(name: string): string {
    return arnOf(this.#context, 'events', `replay/${name}`);
  }

  /** Goes on with those that an earlier process did not end. */
  resume(): void {
    for (const replay of this.all().filter(isActive)) this.#goOn(replay);
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #goOn({ name }: Replay): void {
    const { clock } = this.#context;
    this.#timers.set(
      name,
      clock.at(clock.now(), () => {
        this.#timers.delete(name);
        this.#step(this.require(name));
      }),
    );
  }

  #step(replay: Replay): void {
    const archive = this.#archives.find(replay.archive);
    const bus = this.#catalogue.findBus(replay.busName);
    if (replay.state === 'CANCELLING') return this.#end(replay, 'CANCELLED');
    if (!archive || !bus) return this.#end(replay, 'FAILED', 'The archive or the event bus was deleted.');
    const after = replay.position ?? { time: timeOf(replay.from), seq: 0 };
    const events = this.#archives.after(archive, after, timeOf(replay.to), BATCH);
    if (events.length === 0) return this.#end(replay, 'COMPLETED');
    const starts: (() => void)[] = [];
    const { time, seq } = events.at(-1)!;
    transaction(this.#context.store, () => {
      for (const { event } of events) starts.push(...this.#prepare(replay, { ...event, 'replay-name': replay.name }));
      this.#put({ ...replay, state: 'RUNNING', position: { time, seq } });
    });
    for (const begin of starts) begin();
    this.#goOn(replay);
  }

  #prepare({ busName, filterArns }: Replay, event: EventEnvelope): (() => void)[] {
    return [...this.#catalogue.rulesOn({ name: busName })]
      .filter((rule) => (filterArns === undefined || filterArns.includes(rule.arn)) && isFor(rule, event))
      .map((rule) => this.#publisher.prepare(rule, event));
  }

  #end(replay: Replay, state: ReplayState, reason?: string): void {
    const why = reason === undefined ? {} : { reason };
    this.#put({ ...replay, state, ...why, endedAt: this.#context.clock.now() });
  }

  #put(replay: Replay): Replay {
    this.#stored.put(replay.name, replay);
    this.#replays.set(replay.name, replay);
    return replay;
  }
}

const isActive = ({ state }: Replay): boolean => ['STARTING', 'RUNNING', 'CANCELLING'].includes(state);

/** As in events: whole seconds. */
const timeOf = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
