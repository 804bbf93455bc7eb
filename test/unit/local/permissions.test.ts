import { afterAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../local/contracts.ts';
import { allServices } from './all-services.ts';

const services = allServices();
afterAll(() => services.remove());
const dynamoDb = (rest: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${rest}`;
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga:live';
const STREAM = dynamoDb('log/stream/2026');

const cases: readonly (readonly [string, string, JsonObject, readonly string[]])[] = [
  ['dynamodb', 'PutItem', { TableName: 'orders' }, [`dynamodb:PutItem ${dynamoDb('orders')}`]],
  ['dynamodb', 'GetItem', { TableName: dynamoDb('orders') }, [`dynamodb:GetItem ${dynamoDb('orders')}`]],
  [
    'dynamodb',
    'Query',
    { TableName: 'orders', IndexName: 'by-date' },
    [`dynamodb:Query ${dynamoDb('orders/index/by-date')}`],
  ],
  [
    'dynamodb',
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'log' } },
        { Update: { TableName: 'stock' } },
        { Delete: { TableName: 'a' } },
        { ConditionCheck: { TableName: 'b' } },
      ],
    },
    [
      `dynamodb:PutItem ${dynamoDb('log')}`,
      `dynamodb:UpdateItem ${dynamoDb('stock')}`,
      `dynamodb:DeleteItem ${dynamoDb('a')}`,
      `dynamodb:ConditionCheckItem ${dynamoDb('b')}`,
    ],
  ],
  [
    'dynamodb',
    'ExecuteStatement',
    { Statement: `SELECT "a", b FROM "orders"."by-date" WHERE id = 'UPDATE x'` },
    [`dynamodb:PartiQLSelect ${dynamoDb('orders')}`],
  ],
  [
    'dynamodb',
    'ExecuteTransaction',
    {
      TransactStatements: [
        { Statement: `insert into log value {'id': 'FROM b'}` },
        { Statement: 'UPDATE "stock" SET n = 1' },
        { Statement: 'EXISTS(SELECT * FROM holds WHERE id = 1)' },
      ],
    },
    [
      `dynamodb:PartiQLInsert ${dynamoDb('log')}`,
      `dynamodb:PartiQLUpdate ${dynamoDb('stock')}`,
      `dynamodb:PartiQLSelect ${dynamoDb('holds')}`,
    ],
  ],
  [
    'dynamodb',
    'BatchExecuteStatement',
    { Statements: [{ Statement: 'DELETE FROM orders WHERE id = 1' }] },
    [`dynamodb:PartiQLDelete ${dynamoDb('orders')}`],
  ],
  [
    'dynamodb',
    'TransactGetItems',
    { TransactItems: [{ Get: { TableName: 'log' } }] },
    [`dynamodb:GetItem ${dynamoDb('log')}`],
  ],
  [
    'dynamodb',
    'BatchWriteItem',
    { RequestItems: { a: [], b: [] } },
    [`dynamodb:BatchWriteItem ${dynamoDb('a')}`, `dynamodb:BatchWriteItem ${dynamoDb('b')}`],
  ],
  ['dynamodb', 'DescribeStream', { StreamArn: STREAM }, [`dynamodb:DescribeStream ${STREAM}`]],
  ['dynamodb', 'ListTables', {}, ['dynamodb:ListTables *']],
  ['states', 'StartExecution', { stateMachineArn: MACHINE }, [`states:StartExecution ${MACHINE}`]],
  [
    'states',
    'UpdateStateMachine',
    { stateMachineArn: MACHINE, roleArn: 'arn:role' },
    [`states:UpdateStateMachine ${MACHINE}`, 'iam:PassRole arn:role'],
  ],
  ['states', 'TestState', { definition: '{}', roleArn: 'arn:role' }, ['states:TestState *', 'iam:PassRole arn:role']],
  ['states', 'DescribeExecution', { executionArn: 'arn:x' }, ['states:DescribeExecution arn:x']],
  [
    'events',
    'PutEvents',
    { Entries: [{ EventBusName: 'orders' }, { EventBusName: 'orders' }, {}] },
    [
      'events:PutEvents arn:aws:events:us-east-1:000000000000:event-bus/orders',
      'events:PutEvents arn:aws:events:us-east-1:000000000000:event-bus/default',
    ],
  ],
  [
    'events',
    'DescribeEventBus',
    { Name: 'orders' },
    ['events:DescribeEventBus arn:aws:events:us-east-1:000000000000:event-bus/orders'],
  ],
  [
    'sqs',
    'SendMessage',
    { QueueUrl: 'http://127.0.0.1:1/000000000000/work' },
    ['sqs:SendMessage arn:aws:sqs:us-east-1:000000000000:work'],
  ],
  [
    'sqs',
    'DeleteMessageBatch',
    { QueueUrl: 'http://127.0.0.1:1/000000000000/work' },
    ['sqs:DeleteMessage arn:aws:sqs:us-east-1:000000000000:work'],
  ],
  ['sqs', 'GetQueueUrl', { QueueName: 'work' }, ['sqs:GetQueueUrl arn:aws:sqs:us-east-1:000000000000:work']],
  [
    'lambda',
    'Invoke',
    { FunctionName: 'price' },
    ['lambda:InvokeFunction arn:aws:lambda:us-east-1:000000000000:function:price'],
  ],
];

test.each(cases)('%s %s %j needs %j', (service, operation, input, needed) => {
  const permissions = services.named(service).permissions!(operation, input);
  expect(permissions.map(({ action, resource }) => `${action} ${resource}`)).toEqual(needed);
});
