/**
 * The log of the events of one type of aggregate, and what is made of it. In all types here, `E` is every event that a stream
 * can hold, `IdField` the field of recorded events that holds the aggregate's id, and `Id` that id.
 */
import type { Event, NewEvent, RecordedEvent } from '../kernel/events.ts';
import type { Result } from '../kernel/result.ts';

/** Another writer appended first: the stream does not end where the caller expected. */
export interface VersionConflict {
  readonly kind: 'version-conflict';
}

/** The command was carried out before, for the aggregate `id`, whose stream ended at `version` then. Nothing was appended. */
export interface CommandKnown<Id extends string> {
  readonly kind: 'command-known';
  readonly id: Id;
  readonly version: number;
  /** As it was given on the first append. */
  readonly requestHash?: string;
}

export interface AppendOptions {
  /**
   * The id of the client's command that led to the events. A command is carried out once, ever: its id is kept for good,
   * with the events or, when it led to none, alone.
   * @default none: what is appended has an id of its own, as the facts of steps do
   */
  readonly commandId?: string;
  /** Kept with the command's id: tells a repeat from another request under the same id. @default none */
  readonly requestHash?: string;
}

/**
 * Which appends a read sees.
 * - `strong`: every finished one
 * - `eventual`: perhaps not those of the last moment, for half the cost; only for a caller that finds out, such as one whose write
 *   fails when the stream has gone on
 */
export type Consistency = 'strong' | 'eventual';

/** One stream of events per aggregate, versions from 1 without gaps. */
export interface EventLog<E extends Event, IdField extends string, Id extends string> {
  /**
   * The events from `fromVersion` (default 1) on, oldest first, at most `limit` (default all); empty when there are none.
   * @param consistency @default strong
   */
  read(
    id: Id,
    fromVersion?: number,
    limit?: number,
    consistency?: Consistency,
  ): Promise<RecordedEvent<E, IdField, Id>[]>;

  /**
   * The last `limit` events, or all when there are fewer; oldest first.
   * @param consistency @default strong
   */
  readLast(id: Id, limit: number, consistency?: Consistency): Promise<RecordedEvent<E, IdField, Id>[]>;

  /** The event at this version; undefined when the stream does not reach it. The cheapest read, for an event never changes. */
  findEvent(id: Id, version: number): Promise<RecordedEvent<E, IdField, Id> | undefined>;

  /**
   * Appends all of `events` or none, directly after `expectedVersion` (0 for a new stream). Resolves to the new last
   * version. A caller that loses a race decides again on what the stream holds then, five times at most.
   */
  append(
    id: Id,
    expectedVersion: number,
    events: readonly NewEvent<E>[],
    options?: AppendOptions,
  ): Promise<Result<number, VersionConflict | CommandKnown<Id>>>;

  /** What a command came to, if it was carried out before. */
  findCommand(commandId: string): Promise<CommandKnown<Id> | undefined>;
}

/** The events of one aggregate, from the first to what was the last when it was read. */
export interface EventStream<E extends Event, IdField extends string, Id extends string> {
  readonly id: Id;
  readonly events: readonly RecordedEvent<E, IdField, Id>[];
}

/** One of the equal parts into which all streams are divided: the `index`-th (from 0) of `of`. */
export interface Segment {
  readonly index: number;
  readonly of: number;
}

export interface ReadAllOptions<Id extends string> {
  /** For readers side by side, each with a part of its own. @default everything */
  readonly segment?: Segment;
  /** Goes on after this aggregate, the last that a reader of the same segment was given. @default from the beginning */
  readonly after?: Id;
}

/** The whole log, for building read models from its beginning. */
export interface EventStreams<E extends Event, IdField extends string, Id extends string> {
  /**
   * Every stream once, in an order of its own that stays the same. Streams that begin while they are read may be missing;
   * events that are appended meanwhile, too.
   */
  readAll(options?: ReadAllOptions<Id>): AsyncIterable<EventStream<E, IdField, Id>>;
}

/** States of aggregates as they were at some version, so that loading a long stream need not begin at its beginning. */
export interface Snapshots<State extends { readonly version: number }, Id extends string> {
  /** A snapshot is due when this many events have come since the last one; at least 1. */
  readonly every: number;
  /** The newest snapshot that this code can read; one of another schema version is as good as none. */
  find(id: Id): Promise<State | undefined>;
  /** Keeps the state as the aggregate's newest snapshot unless a newer one is there already. */
  save(id: Id, state: State): Promise<void>;
}

/** An event as the bus shows it: without personal data. */
export interface PublishedEvent extends Event {
  readonly eventId: string;
  readonly occurredAt: string;
}

/** The bus, for the events of one type of aggregate. */
export interface EventPublisher {
  /** Publishes in order. Resolves to the events that the bus did not take, in order; to none when all went well. */
  publish(events: readonly PublishedEvent[]): Promise<readonly PublishedEvent[]>;
}
