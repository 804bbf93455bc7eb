/** Aggregate types with events to append, for the contract suites of the event log. */
import { v5 } from 'uuid';
import type { OrderEvent } from '../../../functions/published/order-events.ts';
import { ORDER } from '../../../functions/published/order-log.ts';
import type { Aggregate } from '../../../functions/shared/event-log/aggregate.ts';
import type { Event, NewEvent, RecordedEvent } from '../../../functions/shared/kernel/events.ts';
import type { CorrelationId, EventId, OrderId } from '../../../functions/shared/kernel/ids.ts';
import { created, EVENTS } from '../orders/streams.ts';
import { ACCOUNT, type AccountEvent, type AccountId, deposited, opened } from './account.ts';

export interface Sample<E extends Event, IdField extends string, Id extends string> {
  readonly name: string;
  readonly aggregate: Aggregate<E, IdField, Id>;
  /** The first begins a stream; the others may follow in any order. */
  readonly events: readonly [first: E, second: E, third: E, fourth: E];
}

export const ORDERS: Sample<OrderEvent, 'orderId', OrderId> = {
  name: 'orders',
  aggregate: ORDER,
  events: [created(), EVENTS.reserved, EVENTS.authorised, EVENTS.arranged],
};

export const ACCOUNTS: Sample<AccountEvent, 'accountId', AccountId> = {
  name: 'accounts',
  aggregate: ACCOUNT,
  events: [opened('Li Wei'), deposited(100), deposited(2_500), deposited(1)],
};

/** An event as a caller hands it to the log. */
export const newEvent = <E extends Event>(event: E, index: number, id: string): NewEvent<E> => ({
  ...event,
  eventId: v5(`${event.type}#${index}`, id) as EventId,
  occurredAt: new Date(Date.UTC(2026, 0, 2, 3, 4, index)).toISOString(),
  correlationId: 'corr-1' as CorrelationId,
  causationId: 'corr-1',
  actor: { type: 'system', id: 'test' },
});

/** Events as a caller hands them to the log, to follow the event at `version`. */
export const newEvents = <E extends Event>(events: readonly E[], version: number, id: string): NewEvent<E>[] =>
  events.map((event, index) => newEvent(event, version + index, id));

/** The stream that holds these events. */
export const streamOf = <E extends Event, IdField extends string, Id extends string>(
  { idField }: Aggregate<E, IdField, Id>,
  id: Id,
  events: readonly E[],
): RecordedEvent<E, IdField, Id>[] =>
  events.map(
    (event, index) =>
      ({ ...newEvent(event, index, id), [idField]: id, version: index + 1 }) as unknown as RecordedEvent<
        E,
        IdField,
        Id
      >,
  );
