import { describe, expect, test } from '@jest/globals';
import { DEPENDENCIES_VARIABLE } from '../../functions/published/dependencies.ts';
import type { FunctionName } from '../../lib/functions.ts';
import { type Resource, type Statement, statements, synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const functions = assembly.all('AWS::Lambda::Function');
const nameOf = ({ properties }: Resource) => properties.Description as FunctionName;

/** X-Ray, and the delivery of Step Functions' logs, have no resources that a policy could name. */
const WITHOUT_RESOURCES =
  /^(xray:|logs:((Create|Get|Update|Delete)LogDelivery|ListLogDeliveries|(Put|Describe)ResourcePolic(y|ies)|DescribeLogGroups)$)/;

/** Tables by the logical id's readable part, such as `OrderLog`. */
const readable = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
/** The table that a grant is on, or its index; undefined for what names no resource of ours. */
function partOf(resource: unknown): { readonly id: string; readonly index: string } | undefined {
  if (typeof resource !== 'object' || resource === null) return undefined;
  if (!('Fn::Join' in resource)) return { id: assembly.target(resource), index: '' };
  const [, [whole, part]] = resource['Fn::Join'] as [string, [unknown, string]];
  const index = /^\/index\/(\w+)$/.exec(part)?.[1];
  return index === undefined ? undefined : { id: assembly.target(whole), index: `:${index}` };
}

const grantsOn = (type: string, functionResource: Resource) =>
  assembly.statementsOf(assembly.target(functionResource.properties.Role)).flatMap(({ actions, resources }) =>
    resources
      .map(partOf)
      .filter((part) => part !== undefined && assembly.resource(part.id).type === type)
      .flatMap((part) =>
        actions.map((action) => ({
          action: `${action.replace(/^\w+:/, '')}${part!.index}`,
          resource: readable(part!.id),
        })),
      ),
  );

describe('Policies', () => {
  const everyStatement: Statement[] = [...assembly.all('AWS::IAM::Policy'), ...assembly.all('AWS::SQS::QueuePolicy')]
    .flatMap(({ properties }) => statements(properties.PolicyDocument))
    .filter(({ effect }) => effect === 'Allow');

  test('name every action', () => {
    expect(everyStatement.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('name every resource, unless the service has none to name', () => {
    const open = everyStatement.filter(({ resources }) => resources.includes('*'));
    expect(open.flatMap(({ actions }) => actions).filter((action) => !WITHOUT_RESOURCES.test(action))).toEqual([]);
  });

  test('leave one part of a name open only: which of the streams of the order log is the current one', () => {
    const partlyOpen = everyStatement.flatMap(({ actions, resources }) =>
      resources
        .filter((resource) => resource !== '*' && JSON.stringify(resource).includes('*'))
        .map((resource) => ({ actions, resource })),
    );
    expect(partlyOpen.map(({ actions }) => actions)).toEqual([['dynamodb:ListStreams']]);
    expect(JSON.stringify(partlyOpen[0]!.resource)).toMatch(/OrderLog\w+Arn\w+"\},"\/stream\/\*"/);
  });

  test('come from us, except for the one role that API Gateway has in each account', () => {
    const managed = assembly
      .all('AWS::IAM::Role')
      .filter(({ properties }) => properties.ManagedPolicyArns !== undefined);
    expect(managed.map(({ properties }) => properties.AssumeRolePolicyDocument.Statement[0].Principal)).toEqual([
      { Service: 'apigateway.amazonaws.com' },
    ]);
  });
});

describe('Permissions on tables', () => {
  const steps = { OrderLog: 'Query PutItem' };
  const command = {
    RateLimits: 'UpdateItem',
    OrderLog: 'Query PutItem',
    OrderSnapshots: 'GetItem',
    Commands: 'GetItem PutItem',
    Idempotency: 'GetItem PutItem UpdateItem DeleteItem',
  };
  const expected: Readonly<Record<FunctionName, Readonly<Record<string, string>>>> = {
    'orders/create-order': {
      RateLimits: 'UpdateItem',
      Catalogue: 'BatchGetItem',
      Promotions: 'BatchGetItem',
      OrderLog: 'Query PutItem',
      OrderSnapshots: 'GetItem',
      Idempotency: 'GetItem PutItem UpdateItem DeleteItem',
    },
    'orders/get-order': { RateLimits: 'UpdateItem', OrderLog: 'Query', OrderSnapshots: 'GetItem' },
    'orders/get-order-history': { RateLimits: 'UpdateItem', OrderLog: 'Query' },
    'orders/list-orders': { RateLimits: 'UpdateItem', OrderView: 'Query:byCustomer' },
    'orders/get-metrics': { RateLimits: 'UpdateItem', Projections: 'GetItem' },
    'orders/search-orders': { RateLimits: 'UpdateItem', OrderSearch: 'Query', OrderView: 'BatchGetItem' },
    'orders/relay-order-events': { OrderLog: 'DescribeStream GetRecords GetShardIterator' },
    'orders/start-order-saga': {},
    'orders/start-cancellation-saga': {},
    'orders/change-items': { ...command, Catalogue: 'BatchGetItem', Promotions: 'BatchGetItem' },
    'orders/request-cancellation': command,
    'orders/change-shipping-address': command,
    'orders/approve-order': command,
    'orders/reject-order': command,
    'orders/ship-order': command,
    'orders/deliver-order': command,
    'orders/refund-order': command,
    'orders/request-return': command,
    'orders/receive-return': command,
    'orders/start-items-change': {},
    'orders/confirm-order': { OrderLog: 'Query PutItem', OrderSnapshots: 'GetItem' },
    'orders/cancel-order': { OrderLog: 'Query PutItem', OrderSnapshots: 'GetItem' },
    'orders/refuse-items-change': { OrderLog: 'Query PutItem', OrderSnapshots: 'GetItem' },
    'orders/project-order-view': {
      OrderLog: 'Query',
      OrderSnapshots: 'GetItem PutItem',
      OrderView: 'GetItem PutItem',
      OrderSearch: 'BatchWriteItem DeleteItem',
      Projections: 'UpdateItem',
    },
    'inventory/reserve-inventory': { ...steps, Inventory: 'GetItem PutItem UpdateItem' },
    'inventory/release-inventory': { ...steps, Inventory: 'GetItem PutItem UpdateItem' },
    'inventory/adjust-reservation': { ...steps, Inventory: 'GetItem PutItem UpdateItem' },
    'payments/authorise-payment': steps,
    'payments/capture-payment': steps,
    'payments/void-payment': steps,
    'payments/adjust-authorisation': steps,
    'payments/restore-authorisation': steps,
    'payments/refund-payment': steps,
    'shipping/create-shipment': steps,
    'shipping/cancel-shipment': steps,
    'notifications/notify-customer': { Notifications: 'PutItem' },
    'identity/authorise-request': {},
    'operations/check-health': {
      OrderLog: 'DescribeTable',
      OrderView: 'DescribeTable',
      Catalogue: 'DescribeTable',
      Inventory: 'DescribeTable',
    },
    'api-docs/get-document': {},
    'api-docs/get-page': {},
  };

  test.each(functions.map((resource) => [nameOf(resource), resource] as const))(
    'are what %s needs',
    (name, resource) => {
      const granted: Record<string, Set<string>> = {};
      for (const { action, resource: table } of grantsOn('AWS::DynamoDB::Table', resource)) {
        (granted[table] ??= new Set()).add(action);
      }
      expect(granted).toEqual(
        Object.fromEntries(
          Object.entries(expected[name]!).map(([table, actions]) => [table, new Set(actions.split(' '))]),
        ),
      );
    },
  );

  test('let nobody change or delete an event', () => {
    const onLog = functions
      .flatMap((resource) => grantsOn('AWS::DynamoDB::Table', resource))
      .filter(({ resource }) => resource === 'OrderLog');
    expect(onLog.filter(({ action }) => /Update|Delete|Batch|Scan/.test(action))).toEqual([]);
  });

  test.each(functions)('go together with the names of the tables: $id', (resource) => {
    const known = Object.entries(resource.properties.Environment.Variables as Record<string, unknown>)
      .filter(([variable]) => variable.endsWith('_TABLE') || variable === DEPENDENCIES_VARIABLE)
      .flatMap(([, value]) => assembly.targetsIn(value))
      .filter(({ type }) => type === 'AWS::DynamoDB::Table')
      .map(({ id }) => readable(id));
    const permitted = grantsOn('AWS::DynamoDB::Table', resource)
      .filter(({ action }) => !/Stream|Records|Shard/.test(action))
      .map(({ resource: table }) => table);
    expect(new Set(known)).toEqual(new Set(permitted));
  });
});

describe('Permissions on everything else', () => {
  const onServices = (resource: Resource) =>
    ['AWS::Events::EventBus', 'AWS::StepFunctions::StateMachine', 'AWS::StepFunctions::StateMachineAlias']
      .flatMap((type) => grantsOn(type, resource))
      .map(({ action }) => action);

  test.each(functions.map((resource) => [nameOf(resource), resource] as const))(
    'are what %s needs',
    (name, resource) => {
      const expected: Partial<Record<FunctionName, string[]>> = {
        'orders/relay-order-events': ['PutEvents'],
        'orders/start-order-saga': ['StartExecution'],
        'orders/start-cancellation-saga': ['StartExecution'],
        'orders/start-items-change': ['StartExecution'],
        'operations/check-health': ['DescribeEventBus', 'DescribeStateMachine'],
      };
      expect(onServices(resource)).toEqual(expected[name] ?? []);
    },
  );
});
