import type { Shape } from '../shape.ts';
import { differences } from './shapes.ts';

/** An event type as a release has it. */
export interface EventSchema {
  /** The newest schema version that it reads. */
  readonly reads: number;
  /** The schema version that it writes; 0 for a type that it only reads. */
  readonly writes: number;
  /** The data, in the newest version that it reads. */
  readonly data: Shape;
}

/** By the log, then by the event type. */
export type EventSchemas = Readonly<Record<string, Readonly<Record<string, EventSchema>>>>;

const ANNOUNCE = 'announce it first: CONTRIBUTING.md, "A new version of an event"';

/** What functions of the release could not read of what this code writes, or this code of what they have written; in words. */
export function refusedEvents(released: EventSchemas, now: EventSchemas): readonly string[] {
  const logs = [...new Set([...Object.keys(released), ...Object.keys(now)])];
  return logs.flatMap((log) => {
    const [before, after] = [released[log] ?? {}, now[log] ?? {}];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((type) =>
      refusedEvent(`${type} in the log of ${log}`, before[type], after[type]),
    );
  });
}

function refusedEvent(
  event: string,
  released: EventSchema | undefined,
  now: EventSchema | undefined,
): readonly string[] {
  if (now === undefined) return [`${event} is gone: what is stored of it could not be read any more.`];
  const known = released?.reads ?? 0;
  if (now.writes > known) {
    const got = known === 0 ? 'is written' : `is written in version ${now.writes}`;
    const expected = known === 0 ? 'released readers do not know the type' : `released readers know version ${known}`;
    return [`${event} ${got}, and ${expected}: ${ANNOUNCE}.`];
  }
  if (released === undefined) return [];
  if (now.reads < released.reads) {
    return [`${event} is read up to version ${now.reads}, and stored events have version ${released.reads}.`];
  }
  // A new version has an upcaster, and is written by a downcaster until all read it.
  if (now.reads > released.reads) return [];
  return differences(released.data, now.data, event.split(' ')[0]!).map(
    (difference) => `${difference}: give ${event} a new version, and ${ANNOUNCE}.`,
  );
}
