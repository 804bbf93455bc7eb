import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deadLettersOf, redrive } from '../../../../launch/redrive/queues.ts';
import { jsonEndpoint } from '../../local/sqs/json-endpoint.ts';
import { arnOf, queueNamed, queues, urlOf } from '../../local/sqs/queues.ts';

const WORK = 'WaybillDev-Stateless-SagaStartsQueue0A1B2C3D';
const DEAD = 'WaybillDev-Stateless-SagaStartsDeadLetters0A1B2C3E';
const RULE = 'WaybillDev-Stateless-SagaFailuresUndelivered0A1B2C3F';
const OTHER = 'WaybillProd-Stateless-SagaStartsDeadLetters0A1B2C40';

describe('The dead-letter queues of an environment', () => {
  const { service, sqs } = queues([
    queueNamed(WORK, { redrive: { deadLetterArn: arnOf(DEAD), maxReceiveCount: 3 } }),
    ...[DEAD, RULE, OTHER].map((name) => queueNamed(name)),
  ]);
  let endpoint: Awaited<ReturnType<typeof jsonEndpoint>>;
  let client: SQSClient;
  beforeAll(async () => {
    endpoint = await jsonEndpoint(service);
    client = new SQSClient(endpoint.client);
  });
  afterAll(async () => {
    client.destroy();
    await endpoint[Symbol.asyncDispose]();
  });
  const send = (name: string, MessageBody: string, target?: string) =>
    client.send(
      new SendMessageCommand({
        QueueUrl: urlOf(name),
        MessageBody,
        ...(target && { MessageAttributes: { TARGET_ARN: { DataType: 'String', StringValue: target } } }),
      }),
    );
  const called = async (name: string) => {
    const found = (await deadLettersOf(client, 'WaybillDev-')).find((queue) => queue.name === name);
    return found!;
  };

  test('are found with what they hold and where it was, and nobody else’s are', async () => {
    await send(DEAD, 'an event');
    expect(await deadLettersOf(client, 'WaybillDev-')).toEqual([
      { name: 'SagaFailuresUndelivered', arn: arnOf(RULE), url: urlOf(RULE), messages: 0, source: undefined },
      {
        name: 'SagaStartsDeadLetters',
        arn: arnOf(DEAD),
        url: urlOf(DEAD),
        messages: 1,
        source: { name: 'SagaStartsQueue', arn: arnOf(WORK) },
      },
    ]);
  });

  test('have their messages handled once more by the queue that they were in', async () => {
    expect(await redrive(client, await called('SagaStartsDeadLetters'))).toEqual({ moved: 1, kept: 0 });
    expect(sqs.counts(arnOf(DEAD)).visible).toBe(0);
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: urlOf(WORK) }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['an event']);
  });

  test('of a rule give their messages to the queue that the rule could not reach, and keep what was for no queue', async () => {
    await send(RULE, 'undelivered', arnOf(WORK));
    await send(RULE, 'for a function', 'arn:aws:lambda:us-east-1:000000000000:function:keeper');
    expect(await redrive(client, await called('SagaFailuresUndelivered'), 0)).toEqual({ moved: 1, kept: 1 });
    const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: urlOf(WORK) }));
    expect(Messages.map(({ Body }) => Body)).toEqual(['undelivered']);
    expect(sqs.counts(arnOf(RULE))).toMatchObject({ visible: 0, inFlight: 1 });
  });
});
