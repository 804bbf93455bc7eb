import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Event, RecordedEvent } from '../kernel/events.ts';
import type { OrderId } from '../kernel/ids.ts';
import { queueConsumer } from './consumer.ts';
import { aboutClaim, type EventClaim, eventClaim, isInLog } from './event-claim.ts';

type Recorded = RecordedEvent<Event, 'orderId', OrderId>;

/** An event that was handled, with the last events of its order's stream as they were read for it. */
export interface Handled<Read> {
  readonly event: Read;
  readonly stream: readonly Read[];
}

/**
 * A queue's consumer that only needs to know that an order changed: `handle` is called once for each order of a batch, and again only
 * for an event that was not there yet when it read the order.
 * @param handle resolves to the last events of the order's stream, as it has read them, without gaps
 * @param onHandled gets the handled events, at least one, when the whole batch is through; when it rejects, the whole batch comes again
 */
export const changedOrderConsumer =
  <Read extends Recorded>(
    handle: (orderId: OrderId, claim: EventClaim) => Promise<readonly Read[]>,
    onHandled: (handled: readonly Handled<Read>[]) => Promise<void> = async () => {},
  ) =>
  async (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const orders = new Map<OrderId, Promise<readonly Read[]>>();
    const handled: Handled<Read>[] = [];
    const answer = await queueConsumer(
      eventClaim,
      async (claim, attempt) => {
        const { orderId, version } = claim;
        const handling = orders.get(orderId) ?? handle(orderId, claim);
        orders.set(orderId, handling);
        let stream = await handling;
        if ((stream.at(-1)?.version ?? 0) < version) stream = await handle(orderId, claim);
        // The order is handled by then, whatever the message says. An event before the ones that were read is nobody's news.
        if (version < (stream[0]?.version ?? 1)) return;
        const event = stream.find((each) => each.version === version);
        if (isInLog(claim, event, attempt) && event !== undefined) handled.push({ event, stream });
      },
      {},
      aboutClaim,
    )(batch, context);
    if (handled.length > 0) await onHandled(handled);
    return answer;
  };
