import type { InvocationResult, JsonObject } from '../../../../local/contracts.ts';
import { type SqsMapping, SqsPoller } from '../../../../local/sqs/poller.ts';
import type { QueueDefinition } from '../../../../local/sqs/queue.ts';
import { arnOf, type Queues, queueNamed, queues } from './queues.ts';

export const orders = arnOf('orders');
export const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:project';

export type Answer = Partial<InvocationResult>;
export interface World extends Queues {
  /** The bodies of each batch that the function got. */
  readonly batches: string[][];
  readonly events: JsonObject[];
  start(overrides?: Partial<SqsMapping>): SqsPoller;
}

/** A queue `orders`, its poller, and the function that gets the batches. */
export function world(
  answer: (records: JsonObject[]) => Answer | Promise<Answer>,
  queue: Partial<QueueDefinition> = {},
): World {
  const services = queues([queueNamed('orders', queue), queueNamed('dead')]);
  const batches: string[][] = [];
  const events: JsonObject[] = [];
  const invoker = {
    async invoke(_name: string, payload: string): Promise<InvocationResult> {
      const event = JSON.parse(payload) as { Records: JsonObject[] };
      events.push(event);
      batches.push(event.Records.map((record) => record['body'] as string));
      return { statusCode: 200, executedVersion: '$LATEST', payload: 'null', ...(await answer(event.Records)) };
    },
  };
  return {
    ...services,
    batches,
    events,
    start: (overrides = {}) =>
      new SqsPoller(services.ctx, services.sqs, invoker, {
        queueArn: orders,
        functionArn,
        batchSize: 10,
        windowMs: 0,
        reportBatchItemFailures: true,
        ...overrides,
      }),
  };
}

export const failing = (records: JsonObject[], bodies: readonly string[]): Answer => ({
  payload: JSON.stringify({
    batchItemFailures: records
      .filter((record) => bodies.includes(record['body'] as string))
      .map((record) => ({ itemIdentifier: record['messageId'] })),
  }),
});
export const send = (sqs: Queues['sqs'], ...bodies: string[]): void =>
  void sqs.sendAll(
    orders,
    bodies.map((body) => ({ body })),
  );

export function everything({ sqs }: Queues): number {
  const { visible, inFlight, delayed } = sqs.counts(orders);
  return visible + inFlight + delayed;
}
