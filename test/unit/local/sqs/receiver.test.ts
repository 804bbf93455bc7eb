import { expect, test } from 'vitest';
import { SqsService } from '../../../../local/sqs/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

test('What is delivered to a queue keeps its attributes, and an event without any has none', async () => {
  const sqs = new SqsService(testContext(new VirtualClock()), { endpointUrl: 'http://127.0.0.1' });
  await sqs.handle('CreateQueue', { QueueName: 'dead' });
  const arn = 'arn:aws:sqs:us-east-1:000000000000:dead';
  await sqs.receiver.deliver(arn, '{"n":1}', { ERROR_CODE: 'NO_RESOURCE' });
  await sqs.receiver.deliver(arn, '{"n":2}');
  expect(sqs.queues.receive(arn, 10).map(({ body, messageAttributes }) => [body, messageAttributes])).toEqual([
    ['{"n":1}', { ERROR_CODE: { DataType: 'String', StringValue: 'NO_RESOURCE' } }],
    ['{"n":2}', {}],
  ]);
});
