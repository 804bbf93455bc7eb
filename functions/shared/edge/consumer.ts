import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { parseOrderId, type OrderId } from '../kernel/ids.ts';
import { reported } from './faults.ts';

/** An order's event as EventBridge delivers it to a queue; consumers deduplicate on `eventId`. */
const envelope = z.object({
  'detail-type': z.string(),
  detail: z.object({
    eventId: z.uuid(),
    orderId: z.uuid().transform(parseOrderId),
    version: z.int().min(1),
    occurredAt: z.string(),
    correlationId: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
});

export type ConsumedEvent = z.output<typeof envelope>['detail'] & { readonly type: string };

/**
 * The surroundings of a queue's consumer: each message that fails goes back to its queue and, in the end, to its
 * dead-letter queue; the others are done. The messages of a batch are handled side by side, so their order says nothing.
 */
export const eventConsumer = (handle: (event: ConsumedEvent) => Promise<void>) =>
  (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(batch, (record: SQSRecord) => consume(record, handle), new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });

/**
 * For consumers who only need to know that an order changed: `handle` gets each order of a batch once, after all of the
 * batch's events are in the order's log.
 */
export const changedOrderConsumer = (handle: (orderId: OrderId) => Promise<void>) =>
  (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const handled = new Map<OrderId, Promise<void>>();
    return eventConsumer(({ orderId }) => {
      const handling = handled.get(orderId) ?? handle(orderId);
      handled.set(orderId, handling);
      return handling;
    })(batch, context);
  };

async function consume(record: SQSRecord, handle: (event: ConsumedEvent) => Promise<void>): Promise<void> {
  let about: Pick<ConsumedEvent, 'orderId' | 'correlationId' | 'type'> | undefined;
  try {
    const { 'detail-type': type, detail } = envelope.parse(JSON.parse(record.body));
    const { orderId, correlationId } = detail;
    about = { orderId, correlationId, type };
    await handle({ ...detail, type });
  } catch (error) {
    throw reported(error, 'A message goes back to its queue.', { messageId: record.messageId, ...about });
  }
}
