import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ServedEndpoint, serveEndpoint } from './served-endpoint.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:pass';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:work';

let endpoint: ServedEndpoint;
const clients: { destroy(): void }[] = [];
const used = <Client extends { destroy(): void }>(client: Client): Client => {
  clients.push(client);
  return client;
};

beforeEach(async () => {
  endpoint = await serveEndpoint();
  endpoint.sqs.define({ name: 'work', arn: QUEUE, visibilityTimeoutMs: 30_000, retentionMs: 60_000, delayMs: 0 });
  endpoint.states.createStateMachine({
    name: 'pass',
    arn: MACHINE,
    roleArn: 'arn:aws:iam::000000000000:role/r',
    definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }),
  });
});
afterEach(async () => {
  clients.splice(0).forEach((client) => client.destroy());
  await endpoint.close();
});

describe('The AWS SDK’s own client of', () => {
  test('DynamoDB: the request goes on as it was sent', async () => {
    const answer = await used(new DynamoDBClient(endpoint.client())).send(
      new PutItemCommand({ TableName: 't', Item: { id: { S: 'ü' } } }),
    );
    expect(answer.$metadata.httpStatusCode).toBe(200);
    expect(endpoint.forwarded).toEqual(['DynamoDB_20120810.PutItem {"TableName":"t","Item":{"id":{"S":"ü"}}}']);
  });

  test('DynamoDB Streams', async () => {
    await used(new DynamoDBStreamsClient(endpoint.client())).send(new ListStreamsCommand({ TableName: 't' }));
    expect(endpoint.forwarded).toEqual(['DynamoDBStreams_20120810.ListStreams {"TableName":"t"}']);
  });

  test('Step Functions', async () => {
    const client = used(new SFNClient(endpoint.client()));
    const { executionArn, startDate } = await client.send(
      new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'o1', input: '{"a":1}' }),
    );
    expect(executionArn).toBe('arn:aws:states:us-east-1:000000000000:execution:pass:o1');
    expect(startDate).toEqual(new Date(endpoint.ctx.clock.now()));
    const again = client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'o1', input: '{"a":2}' }));
    await expect(again).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: expect.stringContaining('o1'),
    });
    await expect(client.send(new DescribeExecutionCommand({ executionArn: `${executionArn}x` }))).rejects.toMatchObject(
      { name: 'ExecutionDoesNotExist' },
    );
  });

  test('EventBridge, which speaks JSON 1.1', async () => {
    const client = used(new EventBridgeClient(endpoint.client()));
    const answer = await client.send(
      new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] }),
    );
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] });
    expect(answer.$metadata.requestId).toEqual(expect.any(String));
  });

  test('SQS, which also reads the codes of the older query protocol', async () => {
    const client = used(new SQSClient(endpoint.client()));
    const QueueUrl = `${endpoint.url}/000000000000/work`;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toMatchObject([{ Body: 'hello' }]);
    const missing = client.send(new GetQueueAttributesCommand({ QueueUrl: `${QueueUrl}-not` }));
    await expect(missing).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });
});

describe('A function', () => {
  const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';

  test('does what its role allows', async () => {
    endpoint.grant('dynamodb:PutItem', TABLE);
    await used(new DynamoDBClient(endpoint.client('worker'))).send(
      new PutItemCommand({ TableName: 'orders', Item: {} }),
    );
    expect(endpoint.forwarded).toHaveLength(1);
  });

  test('needs the action of every item of a transaction', async () => {
    endpoint.grant('dynamodb:PutItem', TABLE);
    const client = used(new DynamoDBClient(endpoint.client('worker')));
    const Put = { TableName: 'orders', Item: {} };
    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }] }));
    const mixed = client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put }, { ConditionCheck: { TableName: 'orders', Key: {}, ConditionExpression: 'x' } }],
      }),
    );
    await expect(mixed).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('dynamodb:ConditionCheckItem'),
    });
    expect(endpoint.forwarded).toHaveLength(1);
  });

  test('is refused the rest in every service, in AWS’s words', async () => {
    const as = endpoint.client('worker');
    const calls = {
      'dynamodb:PutItem': () =>
        used(new DynamoDBClient(as)).send(new PutItemCommand({ TableName: 'orders', Item: {} })),
      'states:StartExecution': () =>
        used(new SFNClient(as)).send(new StartExecutionCommand({ stateMachineArn: MACHINE })),
      'events:PutEvents': () =>
        used(new EventBridgeClient(as)).send(
          new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] }),
        ),
      'sqs:SendMessage': () =>
        used(new SQSClient(as)).send(
          new SendMessageCommand({ QueueUrl: `${endpoint.url}/000000000000/work`, MessageBody: 'x' }),
        ),
    };
    for (const [action, call] of Object.entries(calls)) {
      await expect(call()).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringMatching(
          `^User: arn:aws:sts::000000000000:assumed-role/worker-role/worker is not authorized to perform: ${action} on resource: arn:.* because no identity-based policy allows the ${action} action$`,
        ),
      });
    }
    expect(endpoint.forwarded).toEqual([]);
  });
});

test('A fault of the runtime is a 500 that clients may retry, and is reported', async () => {
  const failing = await serveEndpoint({
    name: 'events',
    targets: ['AWSEvents'],
    handle: async () => {
      throw new Error('disk full');
    },
  });
  const client = used(new EventBridgeClient(failing.client()));
  await expect(client.send(new PutEventsCommand({ Entries: [] }))).rejects.toMatchObject({
    name: 'InternalFailure',
    $metadata: { httpStatusCode: 500 },
  });
  expect(failing.ctx.warnings).toEqual([expect.stringMatching(/AWSEvents.PutEvents: Error: disk full/)]);
  await failing.close();
});
