import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { jsonEndpoint } from './json-endpoint.ts';
import { arnOf, queueNamed, queues, urlOf } from './queues.ts';

test('an SDK client sends, receives with matching digests, and deletes', async () => {
  const { service, sqs } = queues([queueNamed('orders')]);
  await using endpoint = await jsonEndpoint(service);
  const client = new SQSClient(endpoint.client);
  const QueueUrl = (await client.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl!;
  const MessageAttributes = { blob: { DataType: 'Binary', BinaryValue: Buffer.from('héllo') } };
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'grüß dich', MessageAttributes }));
  await client.send(new SendMessageBatchCommand({ QueueUrl, Entries: [{ Id: 'a', MessageBody: 'zweite' }] }));

  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  expect(Messages.map(({ Body }) => Body)).toEqual(['grüß dich', 'zweite']);
  expect(Buffer.from(Messages[0]!.MessageAttributes!['blob']!.BinaryValue!).toString()).toBe('héllo');

  for (const { ReceiptHandle } of Messages) await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  expect(sqs.counts(arnOf('orders'))).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  client.destroy();
});

test('an SDK client learns that a queue does not exist', async () => {
  const { service } = queues([]);
  await using endpoint = await jsonEndpoint(service);
  const client = new SQSClient(endpoint.client);
  await expect(
    client.send(new SendMessageCommand({ QueueUrl: urlOf('nowhere'), MessageBody: 'x' })),
  ).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  client.destroy();
});
