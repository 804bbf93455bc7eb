import type { JsonObject, ServiceContext } from '../contracts.ts';
import { type EventSource, reportsItemFailures } from '../event-source.ts';
import { number, present, seconds, textOf } from '../properties.ts';
import { refuseProperties } from '../resource.ts';
import { type SqsMapping, SqsPoller } from './poller.ts';
import type { StandardQueues } from './standard-queues.ts';

/** What event source mappings read of queues. */
export const queueEventSource = (queues: StandardQueues, context: ServiceContext): EventSource => ({
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  map(resource) {
    refuseProperties(resource, ['FilterCriteria']);
    const mapping = queueMapping(resource.properties);
    return ({ functionArn, invoker }) => new SqsPoller(context, queues, invoker, { ...mapping, functionArn });
  },
  async check(queueArn) {
    queues.definitionOf(queueArn);
  },
});

/** What the template says of a mapping, with Lambda's presets. */
export function queueMapping(properties: JsonObject): Omit<SqsMapping, 'functionArn'> {
  const { EventSourceArn, BatchSize, MaximumBatchingWindowInSeconds, ScalingConfig } = properties;
  return {
    queueArn: textOf(EventSourceArn),
    batchSize: number(BatchSize) ?? 10,
    windowMs: seconds(MaximumBatchingWindowInSeconds, 0),
    ...present({ maxConcurrency: number((ScalingConfig as JsonObject | undefined)?.MaximumConcurrency) }),
    reportBatchItemFailures: reportsItemFailures(properties),
  };
}
