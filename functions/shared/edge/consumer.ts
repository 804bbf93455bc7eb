import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { noteHandled, noteLastFailure } from '../dead-letters/notes.ts';
import { inSpan, Span } from '../trace/span.ts';
import { spanIdOf } from '../trace/trace-context.ts';
import type { BackOff } from './back-off.ts';
import { reported } from './faults.ts';
import { logger } from './logger.ts';

export interface ConsumerOptions {
  /** @default a message that failed comes again after its queue's visibility timeout */
  readonly backOff?: BackOff;
}

/** What a message is about, for the log: ids and names. */
interface About {
  readonly orderId?: string;
  readonly correlationId?: string;
  /** The event that the message tells of; only its trace says that. */
  readonly eventId?: string;
  readonly [name: string]: unknown;
}

/**
 * The middleware of a queue's consumer: each message that fails goes back to its queue and, in the end, to its
 * dead-letter queue; the others are done. The messages of a batch are handled side by side, so their order says
 * nothing.
 * @param schema of a message; one that does not match it fails
 */
export const queueConsumer =
  <Schema extends z.ZodType>(
    schema: Schema,
    handle: (message: z.output<Schema>, attempt: number) => Promise<void>,
    options: ConsumerOptions = {},
    aboutOf: (message: z.output<Schema>) => About = () => ({}),
  ) =>
  (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(
      batch,
      (record: SQSRecord) => consume(record, { schema, handle, options, aboutOf }),
      new BatchProcessor(EventType.SQS),
      {
        context,
        throwOnFullBatchFailure: false,
      },
    );

async function consume<Schema extends z.ZodType>(
  record: SQSRecord,
  {
    schema,
    handle,
    options: { backOff },
    aboutOf,
  }: {
    readonly schema: Schema;
    readonly handle: (message: z.output<Schema>, attempt: number) => Promise<void>;
    readonly options: ConsumerOptions;
    readonly aboutOf: (message: z.output<Schema>) => About;
  },
): Promise<void> {
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const span = new Span({ waited: Date.now() - Number(record.attributes.SentTimestamp) });
  let about: Omit<About, 'eventId'> = {};
  const line = () => ({ ...about, ...(span.orderId === undefined ? {} : { span: span.fields() }) });
  try {
    const message = schema.parse(JSON.parse(record.body));
    const { eventId, ...others } = aboutOf(message);
    about = others;
    span.orderId = others.orderId;
    span.correlationId = others.correlationId;
    span.parent = eventId && spanIdOf(eventId);
    await inSpan(span, () => handle(message, attempt));
    await noteHandled(record, Date.now());
    logger.info('A message is handled.', line());
  } catch (error) {
    const failure = reported(error, 'A message goes back to its queue.', {
      messageId: record.messageId,
      ...line(),
    });
    // Without it the message comes all the same, only later.
    await backOff?.(record.receiptHandle, attempt).catch((trouble: unknown) =>
      reported(trouble, 'It could not be put off.', about),
    );
    // Without it the letter has no error, and everything else.
    await noteLastFailure(record, { failure, attempt, now: Date.now() }).catch((trouble: unknown) =>
      reported(trouble, 'The error could not be noted for its dead letter.', about),
    );
    throw failure;
  }
}
