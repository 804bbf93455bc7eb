/**
 * Stored events are never rewritten. Each event type has a schema version of its own; what is stored in an older one is
 * turned, version by version, into the shape that the code knows now.
 * See docs/decisions/0017-stored-events-are-never-rewritten.md.
 */
import type { Downcaster, Event, RecordedEvent, Upcaster, Upcasters } from '../kernel/events.ts';
import type { Aggregate } from './aggregate.ts';
import { UnknownEventVersion } from './errors.ts';

/** The newest version of events of this type that this code reads. */
export const schemaVersionOf = <E extends Event>(upcasters: Upcasters<E>, type: E['type']): number =>
  upcasters[type].length + 1;

type Stored<E extends Event> = Pick<Aggregate<E, string, string>, 'upcasters' | 'announced'>;

/** The version in which events of this type are stored now; 0 for a type that is not stored yet. */
export function writtenVersionOf<E extends Event>({ upcasters, announced }: Stored<E>, type: E['type']): number {
  const ahead = announced?.[type];
  return ahead === 'unwritten' ? 0 : schemaVersionOf(upcasters, type) - (ahead ? 1 : 0);
}

/**
 * What of an event is stored as its schema has it, with the version of that schema.
 * @throws Error for a type that is announced and not written yet
 */
export function storedForm<E extends Event>(aggregate: Stored<E>, { type, data }: E) {
  const ahead = aggregate.announced?.[type as E['type']];
  if (ahead === 'unwritten') throw new Error(`${type} is announced: no release writes it before the next one.`);
  return {
    schemaVersion: writtenVersionOf(aggregate, type as E['type']),
    data: ahead ? ahead(data as Parameters<Downcaster>[0]) : data,
  };
}

/**
 * The event that a stored item is today.
 * @throws UnknownEventVersion for a type or a version that this code does not know
 */
export function upcast<E extends Event, IdField extends string, Id extends string>(
  { idField, upcasters }: Aggregate<E, IdField, Id>,
  { schemaVersion, ...event }: Readonly<Record<string, unknown>>,
): RecordedEvent<E, IdField, Id> {
  const { type, data } = event;
  const chain: readonly Upcaster[] | undefined = Object.hasOwn(upcasters, String(type))
    ? upcasters[type as E['type']]
    : undefined;
  if (
    !chain ||
    !Number.isInteger(schemaVersion) ||
    Number(schemaVersion) < 1 ||
    Number(schemaVersion) > chain.length + 1
  ) {
    throw new UnknownEventVersion(`This code cannot read ${String(type)} in version ${String(schemaVersion)}.`, {
      data: { [idField]: event[idField], version: event.version, type, schemaVersion },
    });
  }
  const newer = chain.slice(Number(schemaVersion) - 1);
  const current = newer.reduce((older, next) => next(older), data as Parameters<Upcaster>[0]);
  return { ...event, data: current } as unknown as RecordedEvent<E, IdField, Id>;
}
