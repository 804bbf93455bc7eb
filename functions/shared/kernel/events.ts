/** What every event is made of, whichever aggregate it belongs to. */
import type { CorrelationId, EventId } from './ids.ts';

/** Something that happened to an aggregate. `type` names it within the aggregate's stream. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** The cause of an event: a customer or an operator through the API, or the platform itself. */
export interface Actor {
  readonly type: 'customer' | 'operator' | 'system';
  /** The customer's or the operator's id, or the name of the step. */
  readonly id: string;
}

/** An event before the log gives it a version. */
export type NewEvent<E extends Event> = E & {
  readonly eventId: EventId;
  /** ISO 8601, UTC, milliseconds. */
  readonly occurredAt: string;
  readonly correlationId: CorrelationId;
  /** The id of the event or command that led to this one. */
  readonly causationId: string;
  readonly actor: Actor;
};

/** An event as the stream of its aggregate holds it: `IdField` names the field with the aggregate's id, such as `orderId`. */
export type RecordedEvent<E extends Event, IdField extends string, Id extends string> = NewEvent<E> & {
  readonly [Field in IdField]: Id;
} & {
  /** 1 for the first event of the stream, then without gaps. */
  readonly version: number;
};

/** Turns an event's data from one schema version into the next. Pure. */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** For each event type the upcasters from version 1 on; the current version is one more than there are. */
export type Upcasters<E extends Event> = { readonly [Type in E['type']]: readonly Upcaster[] };

/** Turns an event's data back into the schema version before. Pure. */
export type Downcaster = Upcaster;

/**
 * What this code reads and does not write yet, because functions of the release before, which run beside it during an update, could not read it: a type
 * with a downcaster is written in the version before, one that is `unwritten` not at all. The release after this one writes it.
 * See docs/decisions/0132-a-change-is-refused-that-the-release-before-cannot-live-with.md.
 */
export type Announced<E extends Event> = { readonly [Type in E['type']]?: Downcaster | 'unwritten' };
