import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { arnOf, type Queues, queues, urlOf } from './queues.ts';

/** The queue `mine` that a client has made, beside the app's `orders`. */
async function made(Attributes: JsonObject = {}) {
  const given = declared();
  const call = (operation: string, input: JsonObject = {}) =>
    given.service.handle(operation, { QueueUrl: urlOf('mine'), ...input });
  await call('CreateQueue', { QueueName: 'mine', Attributes, tags: { team: 'a' } });
  return { ...given, call };
}

/** A start of the app, which declares `orders`. */
function declared(before?: Queues): Queues {
  const given = queues([], before);
  void given.service.resources['AWS::SQS::Queue']!({
    stack: 'Shop',
    logicalId: 'Orders',
    type: 'AWS::SQS::Queue',
    properties: { QueueName: 'orders' },
    assets: new Map(),
  });
  return given;
}

describe('A client', () => {
  test('makes a queue, which a restart keeps with its messages', async () => {
    const given = await made({ VisibilityTimeout: '7', RedrivePolicy: redrive() });
    await given.call('SendMessage', { MessageBody: 'one' });
    const after = declared(given);
    expect(await after.service.handle('GetQueueUrl', { QueueName: 'mine' })).toEqual({ QueueUrl: urlOf('mine') });
    expect(
      await after.service.handle('GetQueueAttributes', { QueueUrl: urlOf('mine'), AttributeNames: ['All'] }),
    ).toEqual({
      Attributes: {
        QueueArn: arnOf('mine'),
        ApproximateNumberOfMessages: '1',
        ApproximateNumberOfMessagesNotVisible: '0',
        ApproximateNumberOfMessagesDelayed: '0',
        CreatedTimestamp: String(given.clock.now() / 1000),
        LastModifiedTimestamp: String(given.clock.now() / 1000),
        VisibilityTimeout: '7',
        MessageRetentionPeriod: '345600',
        DelaySeconds: '0',
        ReceiveMessageWaitTimeSeconds: '0',
        MaximumMessageSize: '1048576',
        RedrivePolicy: redrive(),
      },
    });
  });

  test('makes the same queue again, but none with other attributes', async () => {
    const { call } = await made({ DelaySeconds: '5' });
    expect(await call('CreateQueue', { QueueName: 'mine' })).toEqual({ QueueUrl: urlOf('mine') });
    await call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '5' } });
    await expect(call('CreateQueue', { QueueName: 'mine', Attributes: { DelaySeconds: '6' } })).rejects.toMatchObject({
      code: 'QueueNameExists',
      message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    });
  });

  test('changes attributes, which hold at once', async () => {
    const { call, sqs } = await made();
    await call('SetQueueAttributes', { Attributes: { MaximumMessageSize: '1024', DelaySeconds: '9', Policy: '{}' } });
    await expect(call('SendMessage', { MessageBody: 'x'.repeat(1_025) })).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    });
    const entries = ['x', 'x'.repeat(1_025)].map((MessageBody, index) => ({ Id: `e${index}`, MessageBody }));
    expect(await call('SendMessageBatch', { Entries: entries })).toMatchObject({
      Successful: [{ Id: 'e0' }],
      Failed: [{ Id: 'e1', Code: 'InvalidParameterValue', SenderFault: true }],
    });
    expect(sqs.counts(arnOf('mine'))).toMatchObject({ visible: 0, delayed: 1 });
    expect(await call('GetQueueAttributes', { AttributeNames: ['Policy'] })).toEqual({ Attributes: { Policy: '{}' } });
    await call('SetQueueAttributes', { Attributes: { RedrivePolicy: redrive() } });
    expect(await call('ListDeadLetterSourceQueues', { QueueUrl: urlOf('orders') })).toEqual({
      queueUrls: [urlOf('mine')],
    });
    await call('SetQueueAttributes', { Attributes: { RedrivePolicy: '' } });
    expect(await call('ListDeadLetterSourceQueues', { QueueUrl: urlOf('orders') })).toEqual({ queueUrls: [] });
  });

  test('waits for messages as long as the queue says', async () => {
    const { call, clock } = await made({ ReceiveMessageWaitTimeSeconds: '10' });
    const waiting = call('ReceiveMessage');
    clock.advance(9_000);
    await call('SendMessage', { MessageBody: 'late' });
    expect(await waiting).toMatchObject({ Messages: [{ Body: 'late' }] });
    expect(await call('ReceiveMessage', { WaitTimeSeconds: 0 })).toEqual({});
  });

  test('goes on waiting while the queue is changed', async () => {
    const { call } = await made();
    const waiting = call('ReceiveMessage', { WaitTimeSeconds: 20 });
    await call('SetQueueAttributes', { Attributes: { VisibilityTimeout: '1' } });
    await call('SendMessage', { MessageBody: 'one' });
    expect(await waiting).toMatchObject({ Messages: [{ Body: 'one' }] });
  });

  test('tags a queue', async () => {
    const { call } = await made();
    await call('TagQueue', { Tags: { b: '2' } });
    await call('UntagQueue', { TagKeys: ['team'] });
    expect(await call('ListQueueTags')).toEqual({ Tags: { b: '2' } });
  });

  test('deletes a queue with its messages', async () => {
    const given = await made();
    await given.call('SendMessage', { MessageBody: 'one' });
    await given.call('DeleteQueue');
    await expect(declared(given).service.handle('GetQueueUrl', { QueueName: 'mine' })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
    });
    await given.call('CreateQueue', { QueueName: 'mine' });
    expect(given.sqs.counts(arnOf('mine')).visible).toBe(0);
  });

  test('turns the pages of queues', async () => {
    const { call } = await made();
    for (const QueueName of ['b', 'a']) await call('CreateQueue', { QueueName });
    const first = await call('ListQueues', { MaxResults: 3 });
    expect(first).toMatchObject({ QueueUrls: [urlOf('a'), urlOf('b'), urlOf('mine')] });
    expect(await call('ListQueues', { MaxResults: 3, NextToken: first.NextToken! })).toEqual({
      QueueUrls: [urlOf('orders')],
    });
  });

  test('changes a queue of the app until the next start, and cannot delete it', async () => {
    const given = await made();
    const QueueUrl = urlOf('orders');
    await given.call('SetQueueAttributes', { QueueUrl, Attributes: { VisibilityTimeout: '1' } });
    expect(given.ctx.warnings).toEqual([expect.stringMatching(/A client changed .*:orders, which the app declares/)]);
    await expect(given.call('DeleteQueue', { QueueUrl })).rejects.toMatchObject({ code: 'UnsupportedOperation' });
    const after = declared(given);
    expect(after.sqs.definitionOf(arnOf('orders')).visibilityTimeoutMs).toBe(30_000);
  });
});

test('A queue whose dead-letter queue was deleted keeps its messages', async () => {
  const { call, sqs, clock } = await made({ VisibilityTimeout: '1' });
  await call('CreateQueue', { QueueName: 'dead' });
  const policy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
  await call('SetQueueAttributes', { Attributes: { RedrivePolicy: policy } });
  await call('DeleteQueue', { QueueUrl: urlOf('dead') });
  sqs.send(arnOf('mine'), 'one');
  for (let receive = 0; receive < 3; receive += 1) {
    expect(sqs.receive(arnOf('mine'), 1)).toHaveLength(1);
    clock.advance(1_000);
  }
});

test.each<[string, JsonObject, string]>([
  ['CreateQueue', { QueueName: 'a b' }, 'InvalidParameterValue'],
  ['CreateQueue', { QueueName: 'a.fifo' }, 'UnsupportedOperation'],
  ['CreateQueue', { QueueName: 'a', Attributes: { FifoQueue: 'true' } }, 'UnsupportedOperation'],
  ['CreateQueue', { QueueName: 'a', Attributes: { Colour: 'red' } }, 'InvalidAttributeName'],
  ['SetQueueAttributes', { Attributes: { VisibilityTimeout: '43201' } }, 'InvalidAttributeValue'],
  ['SetQueueAttributes', { Attributes: { DelaySeconds: 'soon' } }, 'InvalidAttributeValue'],
  ['SetQueueAttributes', { Attributes: { RedrivePolicy: '{}' } }, 'InvalidAttributeValue'],
  ['SetQueueAttributes', { Attributes: { RedrivePolicy: redrive('nowhere') } }, 'InvalidParameterValue'],
  ['DeleteQueue', { QueueUrl: urlOf('nowhere') }, 'QueueDoesNotExist'],
  ['ListQueues', { NextToken: 'x' }, 'InvalidParameterValue'],
  ['AddPermission', {}, 'UnsupportedOperation'],
])('%s refuses %j with %s', async (operation, input, code) => {
  const { call } = await made();
  await expect(call(operation, input)).rejects.toMatchObject({ code });
});

function redrive(name = 'orders'): string {
  return JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount: 2 });
}
