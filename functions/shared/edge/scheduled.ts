import type { EventBridgeEvent } from 'aws-lambda';
import { inSpan, Span } from '../trace/span.ts';
import { reported } from './faults.ts';
import { logger } from './logger.ts';

/** What a rule on schedule says to its function: `time` is when it was due, ISO 8601. */
export type Scheduled = Pick<EventBridgeEvent<'Scheduled Event', unknown>, 'time'>;

/** The middleware of a function that runs on a schedule. What it throws is logged; the next run is the retry. */
export const scheduledHandler =
  (handle: (event: Scheduled) => Promise<void>) =>
  async (event: Scheduled): Promise<void> => {
    const span = new Span();
    try {
      await inSpan(span, () => handle(event));
      for (const { orderId, correlationId, id, at, types } of span.recordings) {
        logger.info('A scheduled run has recorded events of an order.', {
          orderId,
          correlationId,
          types,
          span: { id, ms: span.since(at) },
        });
      }
    } catch (error) {
      throw reported(error, 'A scheduled run failed.');
    }
  };
