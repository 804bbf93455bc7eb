import { describe, expect, test } from 'vitest';
import { AwsError, type JsonObject } from '../../../../local/contracts.ts';
import { IamService } from '../../../../local/iam/service.ts';
import type { Service } from '../../../../local/service.ts';
import { guardedIntegrations } from '../../../../local/states/integrations/guarded.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';
import { grant } from '../iam/grant.ts';
import { LOCATION } from '../resource-making.ts';

const caller = {
  executionArn: 'arn:aws:states:us-east-1:000000000000:execution:saga:o1',
  stateName: 'Step',
  roleArn: 'arn:aws:iam::000000000000:role/saga',
  generators: { now: () => Date.UTC(2026, 10, 21), newId: () => 'request-1' },
};
const SERVICES = ['dynamodb', 'sqs', 'sns', 'states', 'events', 'secretsmanager', 'lambda', 's3'];

/** State machines that may do everything, and what they ask of services. */
function integrations(answer: (operation: string) => JsonObject = () => ({}), actions = ['*']) {
  const iam = new IamService(LOCATION);
  for (const action of actions) grant(iam, 'saga', action, '*');
  const asked: unknown[] = [];
  const services: Service[] = SERVICES.map((name) => ({
    name,
    handle: async (operation, input) => {
      asked.push([name, operation, input]);
      return answer(operation);
    },
    ...(name === 'sqs' ? { operations: ['SendMessage', 'ReceiveMessage'] } : {}),
  }));
  const all = guardedIntegrations({
    services,
    lambda: { ...fakeInvoker({}, []), permissions: () => [] },
    iam,
  });
  const call = (name: string, args: JsonObject, as: object = {}) =>
    all(`arn:aws:states:::${name}`)!(args, { ...caller, ...as });
  return { all, call, asked };
}

const refusing = (code: string, message: string, status = 400) =>
  integrations(() => {
    throw new AwsError(code, message, status);
  });

describe('an optimised integration', () => {
  test('gives the answer of the service, and what the SDK tells of it', async () => {
    const { call, asked } = integrations(() => ({ Item: { id: { S: '1' } } }));
    expect(await call('dynamodb:getItem', { TableName: 't', Key: { id: { S: '1' } } })).toEqual({
      Item: { id: { S: '1' } },
      SdkHttpMetadata: {
        AllHttpHeaders: expect.objectContaining({ Server: ['Server'], 'Content-Length': ['25'] }),
        HttpHeaders: {
          'x-amzn-RequestId': 'request-1',
          Connection: 'keep-alive',
          Server: 'Server',
          'x-amz-crc32': expect.stringMatching(/^\d+$/),
          'Content-Length': '25',
          'Content-Type': 'application/x-amz-json-1.0',
          Date: 'Sat, 21 Nov 2026 00:00:00 GMT',
        },
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: 'request-1' },
    });
    expect(asked).toEqual([['dynamodb', 'GetItem', { TableName: 't', Key: { id: { S: '1' } } }]]);
  });

  test.each([
    [
      'sqs:sendMessage',
      { QueueUrl: 'q', MessageBody: { a: 1 } },
      ['sqs', 'SendMessage', { QueueUrl: 'q', MessageBody: '{"a":1}' }],
    ],
    ['sns:publish', { TopicArn: 't', Message: [1] }, ['sns', 'Publish', { TopicArn: 't', Message: '[1]' }]],
    [
      'states:startExecution',
      { StateMachineArn: 'm', Input: { a: 1 } },
      ['states', 'StartExecution', { stateMachineArn: 'm', input: '{"a":1}' }],
    ],
    [
      'states:startExecution',
      { StateMachineArn: 'm', Input: null },
      ['states', 'StartExecution', { stateMachineArn: 'm' }],
    ],
  ])('%s sends %j as the service reads it', async (name, args, expected) => {
    const { call, asked } = integrations();
    await call(name, args);
    expect(asked).toEqual([expected]);
  });

  test('startExecution gives names as the SDK has them, and times in milliseconds', async () => {
    const { call } = integrations(() => ({ executionArn: 'e', startDate: 1_700_000_000.5 }));
    expect(await call('states:startExecution', {})).toMatchObject({ ExecutionArn: 'e', StartDate: 1_700_000_000_500 });
  });

  test.each([
    ['dynamodb:putItem', 'ResourceNotFoundException', 'DynamoDB.ResourceNotFoundException', 'AmazonDynamoDBv2'],
    ['dynamodb:putItem', 'ValidationException', 'DynamoDB.AmazonDynamoDBException', 'AmazonDynamoDBv2'],
    ['sqs:sendMessage', 'QueueDoesNotExist', 'SQS.QueueDoesNotExistException', 'AmazonSQS'],
    ['sqs:sendMessage', 'MissingParameter', 'SQS.AmazonSQSException', 'AmazonSQS'],
    ['sns:publish', 'NotFound', 'SNS.NotFoundException', 'AmazonSNS'],
    [
      'states:startExecution',
      'StateMachineDoesNotExist',
      'StepFunctions.StateMachineDoesNotExistException',
      'AWSStepFunctions',
    ],
    ['events:putEvents', 'ValidationException', 'EventBridge.ValidationException', 'AmazonEventBridge'],
  ])('%s that is refused with %s fails as %s', async (name, code, error, service) => {
    await expect(refusing(code, 'No.').call(name, {})).rejects.toMatchObject({
      error,
      causeText: `No. (Service: ${service}; Status Code: 400; Error Code: ${code}; Request ID: request-1; Proxy: null)`,
    });
  });

  test('needs the permission of its action', async () => {
    const { call, asked } = integrations(undefined, ['dynamodb:GetItem']);
    await call('dynamodb:getItem', {});
    await expect(call('dynamodb:putItem', {})).rejects.toMatchObject({
      error: 'DynamoDB.AmazonDynamoDBException',
      causeText: expect.stringContaining(
        'role/saga/o1 is not authorized to perform: dynamodb:PutItem'.replace('role/', 'assumed-role/'),
      ),
    });
    expect(asked).toHaveLength(1);
  });
});

describe('a call through the AWS SDK', () => {
  test('can be any operation of a service, and gives its answer alone', async () => {
    const { call, asked } = integrations(() => ({ Table: { TableName: 't', CreationDateTime: 1_700_000_000 } }));
    expect(await call('aws-sdk:dynamodb:describeTable', { TableName: 't' })).toEqual({
      Table: { TableName: 't', CreationDateTime: '2023-11-14T22:13:20.000Z' },
    });
    expect(asked).toEqual([['dynamodb', 'DescribeTable', { TableName: 't' }]]);
  });

  test('of Step Functions has names in both directions as the SDK has them', async () => {
    const { call, asked } = integrations(() => ({ executions: [{ executionArn: 'e', startDate: 1 }] }));
    expect(await call('aws-sdk:sfn:listExecutions', { StateMachineArn: 'm', StatusFilter: 'RUNNING' })).toEqual({
      Executions: [{ ExecutionArn: 'e', StartDate: '1970-01-01T00:00:01.000Z' }],
    });
    expect(asked).toEqual([['states', 'ListExecutions', { stateMachineArn: 'm', statusFilter: 'RUNNING' }]]);
  });

  test.each<[string, JsonObject, unknown]>([
    [
      's3:putObject',
      { Bucket: 'b', Key: 'k', Body: 'text' },
      ['s3', 'PutObject', { Bucket: 'b', Key: 'k', Body: '"text"' }],
    ],
    ['lambda:invoke', { FunctionName: 'f', Payload: [1] }, ['lambda', 'Invoke', { FunctionName: 'f', Payload: '[1]' }]],
    ['lambda:getFunction', { FunctionName: 'f' }, ['lambda', 'GetFunction', { FunctionName: 'f' }]],
  ])('%s sends content as JSON', async (name, args, expected) => {
    const { call, asked } = integrations();
    await call(`aws-sdk:${name}`, args);
    expect(asked).toEqual([expected]);
  });

  test('of S3 tells both ids of a refused request', async () => {
    await expect(refusing('NoSuchKey', 'No.', 404).call('aws-sdk:s3:getObject', {})).rejects.toMatchObject({
      error: 'S3.NoSuchKeyException',
      causeText:
        'No. (Service: S3, Status Code: 404, Request ID: request-1, Extended Request ID: request-1) (SDK Attempt Count: 1)',
    });
  });

  test.each([
    ['dynamodb:putItem', 'ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException', 'DynamoDb'],
    ['dynamodb:putItem', 'ValidationException', 'DynamoDb.DynamoDbException', 'DynamoDb'],
    ['sfn:sendTaskSuccess', 'InvalidToken', 'Sfn.InvalidTokenException', 'Sfn'],
    ['sqs:sendMessage', 'QueueDoesNotExist', 'Sqs.QueueDoesNotExistException', 'Sqs'],
    ['secretsmanager:createSecret', 'ValidationException', 'SecretsManager.SecretsManagerException', 'SecretsManager'],
    ['eventbridge:putEvents', 'AccessDeniedException', 'EventBridge.EventBridgeException', 'EventBridge'],
  ])('%s that is refused with %s fails as %s', async (name, code, error, service) => {
    await expect(refusing(code, 'No.').call(`aws-sdk:${name}`, {})).rejects.toMatchObject({
      error,
      causeText: `No. (Service: ${service}, Status Code: 400, Request ID: request-1) (SDK Attempt Count: 1)`,
    });
  });

  test.each(['aws-sdk:ecs:runTask', 'aws-sdk:sqs:createTable', 'dynamodb:query', 'sqs', 'constructor:name'])(
    '%s is not there',
    (name) => {
      expect(integrations().all(`arn:aws:states:::${name}`)).toBeUndefined();
    },
  );
});

describe('Credentials', () => {
  const assumedRoleArn = 'arn:aws:iam::000000000000:role/partner';

  test('let the other role decide, once the own role may take it', async () => {
    const { call, asked } = integrations(undefined, ['sts:AssumeRole']);
    await expect(call('sqs:sendMessage', {}, { assumedRoleArn })).rejects.toMatchObject({
      causeText: expect.stringContaining('assumed-role/partner/o1 is not authorized to perform: sqs:SendMessage'),
    });
    expect(asked).toEqual([]);
  });

  test('are refused when the own role may not take the other one', async () => {
    await expect(
      integrations(undefined, ['sqs:*']).call('sqs:sendMessage', {}, { assumedRoleArn }),
    ).rejects.toMatchObject({
      causeText: expect.stringContaining(
        `assumed-role/saga/o1 is not authorized to perform: sts:AssumeRole on resource: ${assumedRoleArn}`,
      ),
    });
  });
});
