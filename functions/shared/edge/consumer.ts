import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { parseOrderId } from '../kernel/ids.ts';
import { translateAwsError } from './aws-errors.ts';
import { logger } from './logger.ts';

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
 * dead-letter queue; the others are done. `handle` gets every message of the same order one after the other.
 */
export const eventConsumer = (handle: (event: ConsumedEvent) => Promise<void>) =>
  (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(batch, (record: SQSRecord) => consume(record, handle), new BatchProcessor(EventType.SQS), {
      context,
      processInParallel: false,
      throwOnFullBatchFailure: false,
    });

async function consume(record: SQSRecord, handle: (event: ConsumedEvent) => Promise<void>): Promise<void> {
  try {
    const { 'detail-type': type, detail } = envelope.parse(JSON.parse(record.body));
    logger.appendKeys({ orderId: detail.orderId, eventType: type, correlationId: detail.correlationId });
    await handle({ ...detail, type });
  } catch (error) {
    const translated = translateAwsError(error);
    logger.warn('A message goes back to its queue.', { messageId: record.messageId, error: translated instanceof Error ? translated.name : String(translated) });
    throw translated;
  } finally {
    logger.resetKeys();
  }
}
