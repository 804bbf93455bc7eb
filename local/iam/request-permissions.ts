import type { Json, JsonObject } from '../contracts.ts';
import type { Permission } from './policies.ts';

/** Where everything here is. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

/** The actions within TransactWriteItems and TransactGetItems, by the name that policies give them. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** What a request needs to be allowed: AWS's actions and resources for the operations that this runtime has. */
export function permissionsFor(service: string, operation: string, input: JsonObject, place: Place): Permission[] {
  switch (service) {
    case 'dynamodb':
      return dynamoDb(operation, input, place);
    case 'events':
      return eventBridge(operation, input, place);
    case 'lambda':
      return [{ action: 'lambda:InvokeFunction', resource: functionArn(text(input.FunctionName) ?? '', place) }];
    case 'sqs':
      return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: queueArn(input, place) }];
    case 'states':
      return [
        { action: `states:${operation}`, resource: text(input.stateMachineArn) ?? text(input.executionArn) ?? '*' },
      ];
    default:
      return [{ action: `${service}:${operation}`, resource: '*' }];
  }
}

export const functionArn = (nameOrArn: string, { region, account }: Place): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:lambda:${region}:${account}:function:${nameOrArn}`;

function dynamoDb(operation: string, input: JsonObject, { region, account }: Place): Permission[] {
  const action = `dynamodb:${operation}`;
  const table = (name: string) =>
    name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
  if (input.TransactItems !== undefined) {
    return objects(input.TransactItems)
      .flatMap(Object.entries<Json>)
      .map(([kind, item]) => ({
        action: `dynamodb:${TRANSACTION_ACTIONS[kind] ?? kind}`,
        resource: table(text((item as JsonObject).TableName) ?? ''),
      }));
  }
  if (input.RequestItems !== undefined) {
    return Object.keys(input.RequestItems as JsonObject).map((name) => ({ action, resource: table(name) }));
  }
  const stream = text(input.StreamArn);
  if (stream !== undefined) return [{ action, resource: stream }];
  const name = text(input.TableName);
  if (name === undefined) return [{ action, resource: '*' }];
  const index = text(input.IndexName);
  return [{ action, resource: index === undefined ? table(name) : `${table(name)}/index/${index}` }];
}

function eventBridge(operation: string, input: JsonObject, { region, account }: Place): Permission[] {
  const bus = (name: string) =>
    name.startsWith('arn:') ? name : `arn:aws:events:${region}:${account}:event-bus/${name}`;
  const names =
    input.Entries === undefined
      ? [text(input.Name) ?? text(input.EventBusName) ?? 'default']
      : objects(input.Entries).map((entry) => text(entry.EventBusName) ?? 'default');
  return [...new Set(names)].map((name) => ({ action: `events:${operation}`, resource: bus(name) }));
}

function queueArn(input: JsonObject, { region, account }: Place): string {
  const name = (text(input.QueueUrl) ?? text(input.QueueName) ?? '').split('/').at(-1)!;
  return `arn:aws:sqs:${region}:${account}:${name}`;
}

const objects = (value: Json): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
