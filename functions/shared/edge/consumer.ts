import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { type OrderId, parseOrderId } from '../kernel/ids.ts';
import type { BackOff } from './back-off.ts';
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

export type ConsumedEvent = z.output<typeof envelope>['detail'] & {
  readonly type: string;
  /** How often the queue has handed the message over, this time included. */
  readonly attempt: number;
};

interface ConsumerOptions {
  /** @default a message that failed comes again after its queue's visibility timeout */
  readonly backOff?: BackOff;
}

/** What a message is about, for the log: ids and names. */
type About = Readonly<Record<string, unknown>>;

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

/** The same for events of orders, as the bus delivers them. */
export const eventConsumer = (handle: (event: ConsumedEvent) => Promise<void>, options: ConsumerOptions = {}) =>
  queueConsumer(
    envelope,
    ({ 'detail-type': type, detail }, attempt) => handle({ ...detail, type, attempt }),
    options,
    ({ 'detail-type': type, detail: { orderId, correlationId } }) => ({ orderId, correlationId, type }),
  );

/**
 * For consumers that only need to know that an order changed: `handle` is called once for each order of a batch, with
 * that of its events which the batch has first, and again only for an event that was not there yet when it read the order.
 * @param handle resolves to the version of the order that it has read
 * @param onHandled gets the events that were handled, at least one, when the whole batch is through; it must not reject
 */
export const changedOrderConsumer =
  (
    handle: (event: ConsumedEvent) => Promise<number>,
    onHandled: (events: readonly ConsumedEvent[]) => Promise<void> = async () => {},
  ) =>
  async (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const orders = new Map<OrderId, Promise<number>>();
    const handled: ConsumedEvent[] = [];
    const answer = await eventConsumer(async (event) => {
      const handling = orders.get(event.orderId) ?? handle(event);
      orders.set(event.orderId, handling);
      if ((await handling) < event.version) await handle(event);
      handled.push(event);
    })(batch, context);
    if (handled.length > 0) await onHandled(handled);
    return answer;
  };

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
  let about: About | undefined;
  try {
    const message = schema.parse(JSON.parse(record.body));
    about = aboutOf(message);
    await handle(message, attempt);
  } catch (error) {
    const failure = reported(error, 'A message goes back to its queue.', { messageId: record.messageId, ...about });
    // Without it the message comes all the same, only later.
    await backOff?.(record.receiptHandle, attempt).catch((trouble: unknown) =>
      reported(trouble, 'It could not be put off.', about),
    );
    throw failure;
  }
}
