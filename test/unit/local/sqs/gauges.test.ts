import { expect, test } from 'vitest';
import { SqsService } from '../../../../local/sqs/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { arnOf, queueNamed } from './queues.ts';

test('A queue is measured by the messages in it and the age of the oldest', () => {
  const clock = new VirtualClock();
  const sqs = new SqsService(testContext(clock), { endpointUrl: 'http://endpoint' });
  sqs.queues.define(queueNamed('orders'));
  const gauges = () =>
    Object.fromEntries(sqs.gauges().map(({ name, value }) => [name.replace(/^Approximate/, ''), value]));
  const empty = {
    NumberOfMessagesVisible: 0,
    NumberOfMessagesNotVisible: 0,
    NumberOfMessagesDelayed: 0,
    AgeOfOldestMessage: 0,
  };
  expect(gauges()).toEqual(empty);
  sqs.queues.send(arnOf('orders'), 'later', { delayMs: 90_000 });
  clock.advance(5_000);
  expect(gauges()).toEqual({ ...empty, NumberOfMessagesDelayed: 1 });
  sqs.queues.send(arnOf('orders'), 'now');
  sqs.queues.send(arnOf('orders'), 'taken');
  sqs.queues.receive(arnOf('orders'), 1);
  clock.advance(2_500);
  expect(gauges()).toEqual({
    ...empty,
    NumberOfMessagesVisible: 1,
    NumberOfMessagesNotVisible: 1,
    NumberOfMessagesDelayed: 1,
    AgeOfOldestMessage: 2,
  });
  expect(sqs.gauges()[0]).toMatchObject({ namespace: 'AWS/SQS', dimensions: { QueueName: 'orders' } });
});
