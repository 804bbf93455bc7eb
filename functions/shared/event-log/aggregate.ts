import type { Announced, Event, Upcasters } from '../kernel/events.ts';

/**
 * A type of aggregate whose events are kept in a log, one stream for each aggregate.
 * @typeParam E every event that a stream can hold
 * @typeParam IdField the field of recorded events that holds the aggregate's id
 * @typeParam Id the aggregate's id
 */
export interface Aggregate<E extends Event, IdField extends string, Id extends string> {
  /** Also the partition key of the log's table. */
  readonly idField: IdField;
  /** @throws RangeError unless `text` is an id */
  readonly parseId: (text: string) => Id;
  /** How each event type comes from its older schema versions to the current one. */
  readonly upcasters: Upcasters<E>;
  /** @default every type is written in its current version */
  readonly announced?: Announced<E>;
}
