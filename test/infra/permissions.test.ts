import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEPENDENCIES_VARIABLE } from '../../functions/published/dependencies.ts';
import { ROUTES } from '../../functions/published/routes.ts';
import type { FunctionName } from '../../lib/functions.ts';
import { type Resource, type Statement, statements, synthesizedAssembly } from './support/assembly.ts';

const assembly = synthesizedAssembly();
const functions = assembly.all('AWS::Lambda::Function');
const nameOf = ({ properties }: Resource) => properties.Description as FunctionName;

/** The list of alarms, and the delivery of Step Functions' logs have no resources that a policy could name. */
const WITHOUT_RESOURCES =
  /^(cloudwatch:DescribeAlarms$|logs:((Create|Get|Update|Delete)LogDelivery|ListLogDeliveries|(Put|Describe)ResourcePolic(y|ies)|DescribeLogGroups)$)/;

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

  test('leave a part of a name open only where it is not known: the current streams of the logs, the executions of a saga', () => {
    const partlyOpen = everyStatement.flatMap(({ actions, resources }) =>
      resources
        .filter((resource) => resource !== '*' && JSON.stringify(resource).includes('*'))
        .map((resource) => ({ actions, resource })),
    );
    const open = partlyOpen.map(({ actions, resource }) => `${actions.join(' ')} ${JSON.stringify(resource)}`);
    const streams = /^dynamodb:ListStreams .*(OrderLog|StockLog|TransferLog)\w+Arn\w+"\},"\/stream\/\*"/;
    const executions =
      /^states:(DescribeExecution|GetExecutionHistory) .*:execution:",\{"Fn::(GetAtt":\["\w+Saga\w+","Name"\]|ImportValue":"[\w:-]+Saga\w+Name\w+")\},":\*"/;
    expect(open.filter((each) => streams.test(each))).toHaveLength(3);
    expect(open.filter((each) => !streams.test(each) && !executions.test(each))).toEqual([]);
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

/** By function and resource, the actions that are allowed. */
type Granted = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Each context expects in `granted/<context>.json` what its functions may do with what, and what the functions of other contexts,
 * such as the health check, may do with its own. What every command of a context may do is expected once.
 */
const GRANTED = path.join(import.meta.dirname, 'granted');
const EVERY_COMMAND = 'every command';
/** Those on orders: a task about a book of no order is kept elsewhere. */
const isCommand = new Set<string>(
  ROUTES.filter((route) => 'ifMatch' in route && !route.path.startsWith('/tasks/')).map((route) => route.function),
);
const bySaying = readdirSync(GRANTED).map((file) => ({
  context: path.basename(file, '.json'),
  granted: JSON.parse(readFileSync(path.join(GRANTED, file), 'utf8')) as Granted,
}));
const said = bySaying.map(({ granted }) => granted);
const expectedOf = (name: FunctionName): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...bySaying.flatMap(({ context, granted }) => [
      isCommand.has(name) && name.startsWith(`${context}/`) ? granted[EVERY_COMMAND] : {},
      granted[name],
    ]),
  );
const GRANTABLE = [
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
  'AWS::StepFunctions::StateMachineAlias',
];

describe('Permissions of functions', () => {
  test.each(functions.map((resource) => [nameOf(resource), resource] as const))(
    'are what %s needs',
    (name, resource) => {
      const granted: Record<string, Set<string>> = {};
      for (const { action, resource: on } of GRANTABLE.flatMap((type) => grantsOn(type, resource))) {
        (granted[on] ??= new Set()).add(action);
      }
      expect(granted).toEqual(
        Object.fromEntries(Object.entries(expectedOf(name)).map(([on, actions]) => [on, new Set(actions.split(' '))])),
      );
    },
  );

  test('are expected of no function that is not there', () => {
    const names = said.flatMap((context) => Object.keys(context)).filter((name) => name !== EVERY_COMMAND);
    expect([...new Set<string>([...names, ...isCommand])].sort()).toEqual(functions.map(nameOf).sort());
  });

  test('let those change an event alone that erase what is personal in it, and none delete one; and the sweeper and the check of the books alone read all orders', () => {
    const onLog = functions
      .flatMap((resource) => grantsOn('AWS::DynamoDB::Table', resource))
      .filter(({ resource }) => resource === 'OrderLog');
    expect(onLog.filter(({ action }) => /Delete|Batch/.test(action))).toEqual([]);
    const changing = functions.filter((each) =>
      grantsOn('AWS::DynamoDB::Table', each).some(
        ({ action, resource }) => action === 'UpdateItem' && resource === 'OrderLog',
      ),
    );
    expect(changing.map(nameOf)).toEqual(['orders/advance-erasures', 'orders/erase-old-orders']);
    const reading = functions.filter((each) =>
      grantsOn('AWS::DynamoDB::Table', each).some(
        ({ action, resource }) => action === 'Scan' && resource === 'OrderLog',
      ),
    );
    expect(reading.map(nameOf).sort()).toEqual([
      'ledger/audit-books',
      'ledger/audit-now',
      'recovery/sweep-now',
      'recovery/sweep-orders',
    ]);
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
