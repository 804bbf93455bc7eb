/** What MiniStack's functions, state machines and buses do otherwise. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { eventually } from '../../support/run/eventually.ts';
import { createStack } from '../support/aws.ts';

const CLIENT = 'client';
const ROLE = 'arn:aws:iam::000000000000:role/role';
const invocationsOf = (endpoint: string, name: string) => `${endpoint}/2015-03-31/functions/${name}/invocations`;

/** A function that fails with an error of the name `OutOfStock`. */
const failingFunction = (endpoint: string, name: string): Promise<void> =>
  makeFunction(endpoint, name, 'const e = new Error("no"); e.name = "OutOfStock"; throw e;');

/** @param body of the handler */
async function makeFunction(endpoint: string, name: string, body: string): Promise<void> {
  const code = `exports.handler = async () => { ${body} };`;
  const template = {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, RoleName: `role-${name}` } },
      It: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: name,
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: { ZipFile: code },
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        },
      },
    },
  };
  expect(await createStack(endpoint, `Stack-${name}`, template)).toBeUndefined();
}

export async function errorNames(endpoint: string): Promise<void> {
  await failingFunction(endpoint, 'failing');
  const answer = await fetch(invocationsOf(endpoint, 'failing'), { method: 'POST', body: '{}' });
  expect(await answer.json()).toMatchObject({ errorType: 'Runtime.HandlerError', errorMessage: 'no' });
}

/** On AWS an invocation that is under way when its function is updated ends as it began; there its process is ended. */
export async function updatesUnderWay(endpoint: string): Promise<void> {
  const called = Promise.withResolvers<ServerResponse>();
  const server = createServer((_, response) => called.resolve(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await makeFunction(endpoint, 'updated', `return (await fetch("http://127.0.0.1:${port}")).text();`);
  const invoked = fetch(invocationsOf(endpoint, 'updated'), { method: 'POST', body: '{}' });
  const held = await called.promise;
  const update = await fetch(`${endpoint}/2015-03-31/functions/updated/configuration`, {
    method: 'PUT',
    body: JSON.stringify({ Environment: { Variables: { RELEASE: 'next' } } }),
  });
  expect(update.status).toBe(200);
  held.end('its end');
  expect(await (await invoked).json()).toMatchObject({ errorMessage: 'Worker process died' });
  server.close();
}

async function execute(client: SFNClient, name: string, state: object): Promise<string> {
  const definition = JSON.stringify({ StartAt: 'It', States: { It: state } });
  const { stateMachineArn } = await client.send(new CreateStateMachineCommand({ name, roleArn: ROLE, definition }));
  const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{}' }));
  return executionArn;
}

/** On AWS the state fails with its function; there it goes on waiting. */
export async function tokensOfFailures(endpoint: string): Promise<void> {
  await failingFunction(endpoint, 'waited-for');
  const client = new SFNClient(operatorClientConfig(endpoint));
  const executionArn = await execute(client, 'Waits', {
    Type: 'Task',
    QueryLanguage: 'JSONata',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'waited-for', Payload: { taskToken: '{% $states.context.Task.Token %}' } },
    TimeoutSeconds: 60,
    End: true,
  });
  await eventually('the function is called', async () => {
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    return events.find(({ type }) => type === 'TaskScheduled');
  });
  // The same failure, of which an answer tells when it has come about.
  await fetch(invocationsOf(endpoint, 'waited-for'), { method: 'POST', body: '{}' });
  expect((await client.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('RUNNING');
  client.destroy();
}

export async function redriveStatus(endpoint: string): Promise<void> {
  const client = new SFNClient(operatorClientConfig(endpoint));
  const executionArn = await execute(client, 'Ends', { Type: 'Succeed' });
  const ended = await eventually('its end', async () => {
    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    return description.status === 'RUNNING' ? undefined : description;
  });
  expect(ended).toMatchObject({ status: 'SUCCEEDED' });
  expect(ended.redriveStatus).toBeUndefined();
  client.destroy();
}

/** On AWS a queue gets the part of an event as its sender wrote it. */
export async function eventText(endpoint: string): Promise<void> {
  expect(await firstDetail(endpoint, { queue: 'texts', sources: [CLIENT] })).toBe('{"a": 1}');
}

/** Systems Manager tells of no changed parameter: of two events that a rule is for, only the later one, which a client sends, comes. */
export async function changedParameters(endpoint: string): Promise<void> {
  const ssm = new SSMClient(operatorClientConfig(endpoint));
  const change = async () => void (await ssm.send(new PutParameterCommand({ Name: '/a', Value: 'b', Type: 'String' })));
  const first = await firstDetail(endpoint, { queue: 'changes', sources: ['aws.ssm', CLIENT], before: change });
  ssm.destroy();
  expect(first).toBe('{"a": 1}');
}

/** The detail of the first event of these sources that comes through a rule, as text: a client sends one. */
async function firstDetail(
  endpoint: string,
  {
    queue,
    sources,
    before,
  }: { readonly queue: string; readonly sources: readonly string[]; readonly before?: () => Promise<void> },
): Promise<string> {
  const config = operatorClientConfig(endpoint);
  const [events, sqs] = [new EventBridgeClient(config), new SQSClient(config)];
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queue }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await events.send(new PutRuleCommand({ Name: queue, EventPattern: JSON.stringify({ source: sources }) }));
  const Targets = [{ Id: 'q', Arn: Attributes?.QueueArn, InputPath: '$.detail' }];
  await events.send(new PutTargetsCommand({ Rule: queue, Targets }));
  await before?.();
  await events.send(new PutEventsCommand({ Entries: [{ Source: CLIENT, DetailType: 'Tried', Detail: '{"a":1}' }] }));
  const text = await eventually('the message', async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages[0]?.Body;
  });
  events.destroy();
  sqs.destroy();
  return text;
}
