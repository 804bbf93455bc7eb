import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { EventLog } from '../event-log/port.ts';
import type { Event, RecordedEvent } from '../kernel/events.ts';
import type { OrderId } from '../kernel/ids.ts';
import { queueConsumer } from './consumer.ts';
import { aboutClaim, type EventClaim, eventClaim, isInLog } from './event-claim.ts';

type Recorded<E extends Event> = RecordedEvent<E, 'orderId', OrderId>;

/**
 * A queue's consumer that acts on events of orders and needs what came before and after them: a batch reads each order once, and again only for an event that was not
 * there yet. Whoever can write to the bus can have it do nothing that the log does not say.
 * @param handle gets the event as the log has it, and the stream of its order from the beginning, with this event in it
 */
export const eventInStreamConsumer =
  <E extends Event>(
    log: Pick<EventLog<E, 'orderId', OrderId>, 'read'>,
    handle: (event: Recorded<E>, stream: readonly Recorded<E>[]) => Promise<void>,
  ) =>
  (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const streams = new Map<OrderId, Promise<readonly Recorded<E>[]>>();
    const read = ({ orderId }: EventClaim, consistency: 'eventual' | 'strong') => {
      const stream = log.read(orderId, undefined, undefined, consistency);
      streams.set(orderId, stream);
      return stream;
    };
    return queueConsumer(
      eventClaim,
      async (claim, attempt) => {
        let stream = await (streams.get(claim.orderId) ?? read(claim, 'eventual'));
        if (stream.length < claim.version) stream = await read(claim, 'strong');
        const event = stream[claim.version - 1];
        if (isInLog(claim, event, attempt) && event !== undefined) await handle(event, stream);
      },
      {},
      aboutClaim,
    )(batch, context);
  };
