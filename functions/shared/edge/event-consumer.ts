import type { EventLog } from '../event-log/port.ts';
import type { Event, RecordedEvent } from '../kernel/events.ts';
import type { OrderId } from '../kernel/ids.ts';
import { type ConsumerOptions, queueConsumer } from './consumer.ts';
import { aboutClaim, eventClaim, isInLog, refusal } from './event-claim.ts';

interface EventConsumer<E extends Event, Taken extends RecordedEvent<E, 'orderId', OrderId>> extends ConsumerOptions {
  readonly log: Pick<EventLog<E, 'orderId', OrderId>, 'findEvent'>;
  /** Whether the consumer has to do with the event. The rule of its subscription lets no others through, but it only knows what the message says. */
  readonly isFor: (event: RecordedEvent<E, 'orderId', OrderId>) => event is Taken;
  /** Gets the event as the log has it: nothing that the message says reaches it. */
  readonly handle: (event: Taken) => Promise<void>;
}

/** A queue's consumer that acts on events of orders: whoever can write to the bus can have it do nothing that the log does not say. */
export const eventConsumer = <E extends Event, Taken extends RecordedEvent<E, 'orderId', OrderId>>({
  log,
  isFor,
  handle,
  ...options
}: EventConsumer<E, Taken>) =>
  queueConsumer(
    eventClaim,
    async (claim, attempt) => {
      const event = await log.findEvent(claim.orderId, claim.version);
      if (!isInLog(claim, event, attempt) || event === undefined) return;
      // Not dropped: a rule that is newer than the function may let it through.
      if (!isFor(event)) throw refusal(`Event ${claim.version} of order ${claim.orderId} is not for this consumer.`);
      await handle(event);
    },
    options,
    aboutClaim,
  );
