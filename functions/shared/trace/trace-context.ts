/** W3C trace context. See docs/decisions/0127-the-trace-of-an-order-has-its-id.md. */
import { createHash, randomBytes } from 'node:crypto';
import type { Event, NewEvent } from '../kernel/events.ts';

/** A place in a trace: 32 and 16 hexadecimal digits, not all of them 0. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether the trace is kept by whoever began it. */
  readonly sampled: boolean;
}

/** The one trace of an order, whatever starts a part of it: the order's id, without its dashes. */
export const traceIdOf = (orderId: string): string => orderId.replaceAll('-', '').toLowerCase();

/** The span in which an event was brought to the bus. What is done for the event is its child. */
export const spanIdOf = (eventId: string): string => eventId.replaceAll('-', '').slice(-16).toLowerCase();

/** The span in which an event was recorded: the same for all events of one append, and for no others. */
export const recordingSpanIdOf = ({
  causationId,
  actor,
  occurredAt,
}: Pick<NewEvent<Event>, 'causationId' | 'actor' | 'occurredAt'>): string =>
  createHash('sha256').update([causationId, actor.id, occurredAt].join(' ')).digest('hex').slice(0, 16);

export const newSpanId = (): string => randomBytes(8).toString('hex');
export const newTraceId = (): string => randomBytes(16).toString('hex');

/** The header `traceparent` of a request that is part of a span. */
export const traceparentOf = ({ traceId, spanId, sampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** What the header `traceparent` says; undefined when there is none, or one that is to be ignored. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const [, traceId, spanId, flags, rest] = TRACEPARENT.exec(header ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  // Later versions may say more; the first one does not.
  if (header!.startsWith('00') && rest !== undefined) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
