import type { OrderEvent } from '../api/types.ts';

/** Who caused an event, as the reader tells them apart: the platform's steps, and what partners did through them. */
export type Lane = 'customer' | 'operator' | 'partner' | 'saga';

/** Facts that a partner brought about; the step that recorded them is the actor. */
const BY_PARTNERS: ReadonlySet<string> = new Set([
  'PaymentNotified',
  'TransferReceived',
  'TransferReturned',
  'PaymentAuthorised',
  'PaymentDeclined',
  'PaymentCaptured',
  'PaymentVoided',
  'PaymentRefunded',
  'RefundFailed',
  'ShipmentArranged',
  'ShipmentCancelled',
  'ShipmentTracked',
]);

export function laneOf({ actor, type }: Pick<OrderEvent, 'actor' | 'type'>): Lane {
  if (actor.type !== 'system') return actor.type;
  return BY_PARTNERS.has(type) ? 'partner' : 'saga';
}

export interface Entry {
  readonly event: OrderEvent;
  readonly lane: Lane;
  /** Since the event before, in milliseconds; absent for the first. */
  readonly afterMs?: number;
  /** The event of this order that led to it, when that is another one than the one before it. */
  readonly cause?: OrderEvent;
}

/** @param events of one order, oldest first */
export function entriesOf(events: readonly OrderEvent[]): readonly Entry[] {
  const byId = new Map(events.map((event) => [event.eventId, event]));
  return events.map((event, index) => {
    const before = events[index - 1];
    const cause = byId.get(event.causationId);
    return {
      event,
      lane: laneOf(event),
      ...(before ? { afterMs: new Date(event.occurredAt).getTime() - new Date(before.occurredAt).getTime() } : {}),
      ...(cause && cause !== before ? { cause } : {}),
    };
  });
}

/** Where the event's data say something, as texts: an amount, units, a reference, a reason. Nested data are left to the raw view. */
export function detailsOf({ data }: Pick<OrderEvent, 'data'>): readonly (readonly [name: string, value: unknown])[] {
  return Object.entries(data).filter(([, value]) => value !== null && value !== undefined && !isEmptyList(value));
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

interface MoneyLike {
  readonly amount: number;
  readonly currency: string;
}
export const isMoney = (value: unknown): value is MoneyLike =>
  typeof value === 'object' &&
  value !== null &&
  'amount' in value &&
  'currency' in value &&
  typeof value.amount === 'number';

interface UnitsLike {
  readonly sku: string;
  readonly quantity: number;
  readonly location?: string;
}
export const isUnits = (value: unknown): value is readonly UnitsLike[] =>
  Array.isArray(value) &&
  value.every((one: unknown) => typeof one === 'object' && one !== null && 'sku' in one && 'quantity' in one);
