/** A log in memory, and its outbox: each event that it takes is published a moment later. */
import type { Aggregate } from '../../../functions/shared/event-log/aggregate.ts';
import type { AppendOptions, CommandKnown, VersionConflict } from '../../../functions/shared/event-log/port.ts';
import type { Event, NewEvent, RecordedEvent } from '../../../functions/shared/kernel/events.ts';
import type { Result } from '../../../functions/shared/kernel/result.ts';
import { InMemoryEventLog } from '../../support/fakes/in-memory-event-log.ts';

export class PublishingLog<E extends Event, IdField extends string, Id extends string> extends InMemoryEventLog<
  E,
  IdField,
  Id
> {
  readonly #publish: (event: RecordedEvent<E, IdField, Id>) => void;

  constructor(aggregate: Aggregate<E, IdField, Id>, publish: (event: RecordedEvent<E, IdField, Id>) => void) {
    super(aggregate);
    this.#publish = publish;
  }

  override async append(
    id: Id,
    expectedVersion: number,
    events: readonly NewEvent<E>[],
    options?: AppendOptions,
  ): Promise<Result<number, VersionConflict | CommandKnown<Id>>> {
    const appended = await super.append(id, expectedVersion, events, options);
    if (appended.ok) {
      for (const event of await this.read(id, expectedVersion + 1, events.length)) this.#publish(event);
    }
    return appended;
  }
}
