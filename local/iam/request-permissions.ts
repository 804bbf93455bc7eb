import type { JsonObject } from '../contracts.ts';
import type { Permission } from './policies.ts';

export interface Place {
  readonly region: string;
  readonly account: string;
}

/** The actions within TransactWriteItems and TransactGetItems, by the name that policies give them. */
const TRANSACTION_ACTIONS: Record<string, string> = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem', Get: 'GetItem' };

/** What a request needs to be allowed: AWS's actions and resources for the operations that this runtime has. */
export function permissionsFor(service: string, operation: string, input: JsonObject, place: Place): Permission[] {
  switch (service) {
    case 'dynamodb':
      return dynamoDb(operation, input, place);
    case 'states':
      return [{ action: `states:${operation}`, resource: text(input.stateMachineArn) ?? text(input.executionArn) ?? '*' }];
    case 'events':
      return eventBridge(operation, input, place);
    case 'sqs':
      return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource: `arn:aws:sqs:${place.region}:${place.account}:${(text(input.QueueUrl) ?? text(input.QueueName) ?? '').split('/').at(-1)}` }];
    case 'lambda':
      return [{ action: 'lambda:InvokeFunction', resource: functionArn(text(input.FunctionName) ?? '', place) }];
    default:
      return [{ action: `${service}:${operation}`, resource: '*' }];
  }
}

function dynamoDb(operation: string, input: JsonObject, { region, account }: Place): Permission[] {
  const table = (name: string) => (name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`);
  const transaction = input.TransactItems as JsonObject[] | undefined;
  if (Array.isArray(transaction)) {
    return transaction.flatMap((item) => Object.entries(item).map(([kind, action]) =>
      ({ action: `dynamodb:${TRANSACTION_ACTIONS[kind] ?? kind}`, resource: table(text((action as JsonObject).TableName) ?? '') })));
  }
  if (input.RequestItems !== undefined) {
    return Object.keys(input.RequestItems as JsonObject).map((name) => ({ action: `dynamodb:${operation}`, resource: table(name) }));
  }
  const stream = text(input.StreamArn);
  if (stream !== undefined) return [{ action: `dynamodb:${operation}`, resource: stream }];
  const name = text(input.TableName);
  if (name === undefined) return [{ action: `dynamodb:${operation}`, resource: '*' }];
  const index = text(input.IndexName);
  return [{ action: `dynamodb:${operation}`, resource: index === undefined ? table(name) : `${table(name)}/index/${index}` }];
}

function eventBridge(operation: string, input: JsonObject, { region, account }: Place): Permission[] {
  const bus = (name: string) => (name.startsWith('arn:') ? name : `arn:aws:events:${region}:${account}:event-bus/${name}`);
  const entries = input.Entries as JsonObject[] | undefined;
  const names = Array.isArray(entries) ? entries.map((entry) => text(entry.EventBusName) ?? 'default') : [text(input.Name) ?? text(input.EventBusName) ?? 'default'];
  return [...new Set(names)].map((name) => ({ action: `events:${operation}`, resource: bus(name) }));
}

export const functionArn = (nameOrArn: string, { region, account }: Place): string =>
  (nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:lambda:${region}:${account}:function:${nameOrArn}`);

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
