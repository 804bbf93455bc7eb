import { expect, test } from 'vitest';
import { queueMapping } from '../../../../local/sqs/event-source.ts';
import { queueNamed, queues } from './queues.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';

test('A mapping from a queue has what the template says', () => {
  expect(
    queueMapping({
      EventSourceArn: QUEUE,
      FunctionName: 'work',
      BatchSize: 5,
      MaximumBatchingWindowInSeconds: 2,
      ScalingConfig: { MaximumConcurrency: 3 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    }),
  ).toEqual({ queueArn: QUEUE, batchSize: 5, windowMs: 2_000, maxConcurrency: 3, reportBatchItemFailures: true });
});

test('A mapping from a queue that filters messages is refused', () => {
  const { service } = queues([queueNamed('jobs')]);
  const properties = { EventSourceArn: QUEUE, FilterCriteria: { Filters: [] } };
  const mapping = { stack: 'Shop', logicalId: 'Thing', type: '', properties, assets: new Map<string, string>() };
  expect(() => service.eventSource.map(mapping)).toThrow('FilterCriteria');
});
