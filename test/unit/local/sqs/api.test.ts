import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { arnOf, queueNamed, queues, urlOf } from './queues.ts';

const QueueUrl = urlOf('orders');

function api() {
  const { service, sqs, clock } = queues([
    queueNamed('orders', { redrive: { deadLetterArn: arnOf('dead'), maxReceiveCount: 3 } }),
    queueNamed('dead'),
  ]);
  const call = (operation: string, input: JsonObject = {}): Promise<JsonObject> =>
    service.handle(operation, { QueueUrl, ...input });
  return { sqs, clock, call };
}

describe('the SQS API', () => {
  test('answers a message with the digests that SDK clients check', async () => {
    const { call } = api();
    const MessageAttributes = {
      trace: { DataType: 'String', StringValue: 'abc' },
      blob: { DataType: 'Binary', BinaryValue: 'aGVsbG8=' },
    };
    const sent = await call('SendMessage', { MessageBody: 'hello', MessageAttributes });
    expect(sent).toEqual({
      MessageId: '00000000-0000-4000-8000-000000000001',
      MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
      MD5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const { Messages } = await call('ReceiveMessage', { MessageAttributeNames: ['All'] });
    expect(Messages).toMatchObject([
      {
        Body: 'hello',
        MD5OfBody: sent['MD5OfMessageBody'],
        MessageAttributes,
        MD5OfMessageAttributes: sent['MD5OfMessageAttributes'],
      },
    ]);
  });

  test('gives the system attributes and message attributes that were asked for', async () => {
    const { call, clock } = api();
    const attribute = { DataType: 'String', StringValue: 'x' };
    await call('SendMessage', { MessageBody: 'hello', MessageAttributes: { 'trace.id': attribute, other: attribute } });
    const { Messages } = await call('ReceiveMessage', {
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      MessageAttributeNames: ['trace.*'],
    });
    const [message] = Messages as JsonObject[];
    expect(message?.['Attributes']).toEqual({ ApproximateReceiveCount: '1', SentTimestamp: String(clock.now()) });
    expect(message?.['MessageAttributes']).toEqual({ 'trace.id': attribute });
  });

  test('answers an empty receive without Messages', async () => {
    expect(await api().call('ReceiveMessage')).toEqual({});
  });

  test('sends, changes and deletes batches, and reports bad entries one by one', async () => {
    const { call, sqs } = api();
    const sent = await call('SendMessageBatch', {
      Entries: [{ Id: 'a', MessageBody: '1' }, { Id: 'b' }, { Id: 'c', MessageBody: '3' }],
    });
    expect(sent).toMatchObject({
      Successful: [{ Id: 'a', MD5OfMessageBody: 'c4ca4238a0b923820dcc509a6f75849b' }, { Id: 'c' }],
      Failed: [{ Id: 'b', Code: 'MissingParameter', SenderFault: true }],
    });
    const { Messages } = await call('ReceiveMessage', { MaxNumberOfMessages: 10 });
    const [first, second] = (Messages as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle);
    expect(
      await call('ChangeMessageVisibilityBatch', {
        Entries: [{ Id: 'a', ReceiptHandle: first!, VisibilityTimeout: 0 }],
      }),
    ).toEqual({ Successful: [{ Id: 'a' }] });
    expect(sqs.counts(arnOf('orders'))).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    const deleted = await call('DeleteMessageBatch', {
      Entries: [
        { Id: 'a', ReceiptHandle: second! },
        { Id: 'b', ReceiptHandle: 'nonsense' },
      ],
    });
    expect(deleted).toMatchObject({ Successful: [{ Id: 'a' }], Failed: [{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }] });
    expect(sqs.counts(arnOf('orders'))).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  test('describes a queue', async () => {
    const { call } = api();
    await call('SendMessage', { MessageBody: 'visible' });
    await call('SendMessage', { MessageBody: 'delayed', DelaySeconds: 10 });
    expect(await call('GetQueueAttributes', { AttributeNames: ['All'] })).toEqual({
      Attributes: {
        QueueArn: arnOf('orders'),
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '0',
        ApproximateNumberOfMessagesDelayed: '1',
        VisibilityTimeout: '30',
        MessageRetentionPeriod: '345600',
        DelaySeconds: '0',
        MaximumMessageSize: '1048576',
        ReceiveMessageWaitTimeSeconds: '0',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 3 }),
      },
    });
    expect(await call('GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessages'] })).toEqual({
      Attributes: { ApproximateNumberOfMessages: '1' },
    });
    expect(await call('GetQueueUrl', { QueueName: 'orders' })).toEqual({ QueueUrl });
    expect(await call('ListQueues', { QueueNamePrefix: 'or' })).toEqual({ QueueUrls: [QueueUrl] });
  });

  test('purges a queue', async () => {
    const { call, sqs } = api();
    await call('SendMessage', { MessageBody: 'one' });
    await call('PurgeQueue');
    expect(sqs.counts(arnOf('orders')).visible).toBe(0);
  });

  const eleven = Array.from({ length: 11 }, (_, index) => ({ Id: `e${index}`, MessageBody: 'x' }));
  test.each<[string, string, JsonObject, string]>([
    ['an unknown queue', 'SendMessage', { QueueUrl: urlOf('nowhere'), MessageBody: 'x' }, 'QueueDoesNotExist'],
    ['an unknown queue name', 'GetQueueUrl', { QueueName: 'nowhere' }, 'QueueDoesNotExist'],
    ['a missing body', 'SendMessage', {}, 'MissingParameter'],
    ['a control character', 'SendMessage', { MessageBody: '\u0001' }, 'InvalidParameterValue'],
    ['too large a body', 'SendMessage', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
    ['too long a delay', 'SendMessage', { MessageBody: 'x', DelaySeconds: 901 }, 'InvalidParameterValue'],
    ['11 messages at once', 'ReceiveMessage', { MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    ['a receipt that is none', 'DeleteMessage', { ReceiptHandle: 'nonsense' }, 'ReceiptHandleIsInvalid'],
    ['an empty batch', 'SendMessageBatch', { Entries: [] }, 'EmptyBatchRequest'],
    ['a batch of 11', 'SendMessageBatch', { Entries: eleven }, 'TooManyEntriesInBatchRequest'],
    ['a repeated id', 'SendMessageBatch', { Entries: [eleven[0]!, eleven[0]!] }, 'BatchEntryIdsNotDistinct'],
    ['an id with spaces', 'SendMessageBatch', { Entries: [{ Id: 'a b', MessageBody: 'x' }] }, 'InvalidBatchEntryId'],
    [
      'too large a batch',
      'SendMessageBatch',
      { Entries: ['a', 'b'].map((Id) => ({ Id, MessageBody: 'x'.repeat(600_000) })) },
      'BatchRequestTooLong',
    ],
    ['an operation it does not have', 'AddPermission', {}, 'UnsupportedOperation'],
  ])('refuses %s', async (_, operation, input, code) => {
    await expect(api().call(operation, input)).rejects.toMatchObject({ name: 'AwsError', code });
  });
});
