/** What consumers believe of a message about an order's event. See docs/decisions/0080-events-are-claims.md. */
import * as z from 'zod';
import { EventRefused } from '../event-log/errors.ts';
import { EVENTS_REFUSED } from '../event-log/metrics.ts';
import { correlationId } from '../http/headers.ts';
import { parseOrderId } from '../kernel/ids.ts';
import { logger } from './logger.ts';
import { emitMetric } from './metrics.ts';

/**
 * A message as EventBridge delivers it: it says that an event stands at this place in an order's log. Everything else is read there. The fields
 * are strict, because the log line about a message shows them.
 */
export const eventClaim = z
  .object({
    'detail-type': z.string().regex(/^[A-Za-z]{1,64}$/),
    detail: z.object({
      eventId: z.uuid(),
      orderId: z.uuid().transform(parseOrderId),
      version: z.int().min(1),
      correlationId,
    }),
  })
  .transform(({ 'detail-type': type, detail }) => ({ type, ...detail }));

export type EventClaim = z.output<typeof eventClaim>;

/** What the log line about a message says of it. */
export const aboutClaim = ({ orderId, correlationId, type, eventId }: EventClaim) => ({
  orderId,
  correlationId,
  type,
  eventId,
});

/** What the log has at a place. */
type Recorded = Pick<EventClaim, 'type' | 'eventId'>;

/** How often a message comes again whose event the log does not have. */
const ENOUGH_ATTEMPTS = 5;

/**
 * Whether the log has the event that a message tells of. A message that contradicts the log is refused at once. One whose event the log does not
 * have comes again, for a copy of the log may be behind, and ends in the dead-letter queue.
 * @param recorded what the log has at the place; undefined for a place that it has not reached
 * @param attempt how often the queue has handed the message over, this time included
 * @throws EventRefused
 */
export function isInLog(claim: EventClaim, recorded: Recorded | undefined, attempt: number): boolean {
  const { orderId, correlationId, version, eventId, type } = claim;
  if (recorded?.eventId === eventId && recorded.type === type) return true;
  // Some queues try for much longer than others.
  if (recorded === undefined && attempt <= ENOUGH_ATTEMPTS) {
    const difference = `The log of order ${orderId} has no event ${version}, expected ${type} ${eventId}.`;
    throw attempt < ENOUGH_ATTEMPTS ? new EventRefused(difference) : refusal(difference);
  }
  emitMetric(EVENTS_REFUSED, 1);
  logger.error('A message is not what the log of its order says. It has no effect, and does not come again.', {
    orderId,
    correlationId,
    version,
    eventId,
    type,
  });
  return false;
}

/** Counts a message that has no effect. Its queue keeps it, in the end among its dead letters. */
export function refusal(difference: string): EventRefused {
  emitMetric(EVENTS_REFUSED, 1);
  return new EventRefused(`${difference} Find out which part published the message.`);
}
