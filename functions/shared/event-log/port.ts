import type { NewOrderEvent, RecordedOrderEvent } from '../../published/order-events.ts';
import type { OrderId } from '../kernel/ids.ts';
import type { Result } from '../kernel/result.ts';

/** Somebody else appended first: the stream does not end where the caller expected. */
export interface VersionConflict {
  readonly kind: 'version-conflict';
}

/** The command was carried out before, for `orderId`, whose stream ended at `version` then. Nothing was appended. */
export interface CommandKnown {
  readonly kind: 'command-known';
  readonly orderId: OrderId;
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

/** The log of orders' events: one stream per order, versions from 1 without gaps. Reads see every finished append. */
export interface OrderLog {
  /** The events from `fromVersion` (default 1) on, oldest first, at most `limit` (default all); empty when there are none. */
  read(orderId: OrderId, fromVersion?: number, limit?: number): Promise<RecordedOrderEvent[]>;

  /** The last `limit` events, or all when there are fewer; oldest first. */
  readLast(orderId: OrderId, limit: number): Promise<RecordedOrderEvent[]>;

  /**
   * Appends all of `events` or none, directly after `expectedVersion` (0 for a new stream). Resolves to the new last
   * version. A caller that loses a race decides again on what the stream holds then, five times at most.
   */
  append(
    orderId: OrderId,
    expectedVersion: number,
    events: readonly NewOrderEvent[],
    options?: AppendOptions,
  ): Promise<Result<number, VersionConflict | CommandKnown>>;

  /** What a command came to, if it was carried out before. */
  findCommand(commandId: string): Promise<CommandKnown | undefined>;
}

/** The events of one order, from the first to what was the last when it was read. */
export interface OrderStream {
  readonly orderId: OrderId;
  readonly events: readonly RecordedOrderEvent[];
}

/** One of the equal parts into which all streams are divided: the `index`-th (from 0) of `of`. */
export interface Segment {
  readonly index: number;
  readonly of: number;
}

export interface ReadAllOptions {
  /** For readers side by side, each with a part of its own. @default everything */
  readonly segment?: Segment;
  /** Goes on after this order, the last that a reader of the same segment was given. @default from the beginning */
  readonly after?: OrderId;
}

/** The whole log, for building read models anew. */
export interface AllOrderStreams {
  /**
   * Every stream once, in an order of its own that stays the same. Streams that begin while they are read may be missing;
   * events that are appended meanwhile, too.
   */
  readAll(options?: ReadAllOptions): AsyncIterable<OrderStream>;
}
