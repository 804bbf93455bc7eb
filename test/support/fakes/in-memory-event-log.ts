import type { Aggregate } from '../../../functions/shared/event-log/aggregate.ts';
import type {
  AppendOptions,
  CommandKnown,
  EventLog,
  EventStream,
  EventStreams,
  ReadAllOptions,
  VersionConflict,
} from '../../../functions/shared/event-log/port.ts';
import type { Event, NewEvent, RecordedEvent } from '../../../functions/shared/kernel/events.ts';
import { accept, type Result, refuse } from '../../../functions/shared/kernel/result.ts';

/**
 * The log in memory, for tests of what stands on it; it passes the same contract suite as the real one. Its events are frozen, so that
 * readers can share them: who changed one would change it for all.
 */
export class InMemoryEventLog<E extends Event, IdField extends string, Id extends string>
  implements EventLog<E, IdField, Id>, EventStreams<E, IdField, Id>
{
  readonly #idField: IdField;
  readonly #streams = new Map<Id, RecordedEvent<E, IdField, Id>[]>();
  readonly #commands = new Map<string, CommandKnown<Id>>();

  constructor({ idField }: Aggregate<E, IdField, Id>) {
    this.#idField = idField;
  }

  async read(id: Id, fromVersion = 1, limit = Number.POSITIVE_INFINITY): Promise<RecordedEvent<E, IdField, Id>[]> {
    return (this.#streams.get(id) ?? []).slice(fromVersion - 1, fromVersion - 1 + limit);
  }

  async findEvent(id: Id, version: number): Promise<RecordedEvent<E, IdField, Id> | undefined> {
    return this.#streams.get(id)?.[version - 1];
  }

  async readLast(id: Id, limit: number): Promise<RecordedEvent<E, IdField, Id>[]> {
    return (this.#streams.get(id) ?? []).slice(-limit);
  }

  async append(
    id: Id,
    expectedVersion: number,
    events: readonly NewEvent<E>[],
    { commandId, ...request }: AppendOptions = {},
  ): Promise<Result<number, VersionConflict | CommandKnown<Id>>> {
    const known = commandId === undefined ? undefined : this.#commands.get(commandId);
    if (known) return refuse(known);
    const stream = this.#streams.get(id) ?? [];
    if (events.length > 0 && stream.length !== expectedVersion) return refuse({ kind: 'version-conflict' });
    const version = expectedVersion + events.length;
    if (events.length > 0) {
      this.#streams.set(id, [
        ...stream,
        ...events.map((event, index) => this.#recorded(event, id, expectedVersion + index + 1)),
      ]);
    }
    if (commandId !== undefined) this.#commands.set(commandId, { kind: 'command-known', id, version, ...request });
    return accept(version);
  }

  async findCommand(commandId: string): Promise<CommandKnown<Id> | undefined> {
    return this.#commands.get(commandId);
  }

  async *readAll({
    segment = { index: 0, of: 1 },
    after,
  }: ReadAllOptions<Id> = {}): AsyncIterable<EventStream<E, IdField, Id>> {
    for (const id of [...this.#streams.keys()].sort()) {
      const inSegment = segment.of === 1 || Number.parseInt(id.slice(-4), 16) % segment.of === segment.index;
      if (inSegment && (after === undefined || id > after)) yield { id, events: await this.read(id) };
    }
  }

  #recorded(event: NewEvent<E>, id: Id, version: number): RecordedEvent<E, IdField, Id> {
    return frozen({ ...structuredClone(event), [this.#idField]: id, version }) as unknown as RecordedEvent<
      E,
      IdField,
      Id
    >;
  }
}

function frozen<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part as object);
  return Object.freeze(value);
}
