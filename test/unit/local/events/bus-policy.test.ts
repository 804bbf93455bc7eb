import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../../local/contracts.ts';
import { textOf } from '../../../../local/properties.ts';
import { type World, world } from './delivering-bus.ts';

const ARN = 'arn:aws:events:us-east-1:000000000000:event-bus/mine';
const on = { EventBusName: 'mine' };
const account = { ...on, Action: 'events:PutEvents', Principal: '111122223333', StatementId: 'account' };

async function made(given: World = world()) {
  const call = (operation: string, input: JsonObject = {}) => given.events.handle(operation, input);
  await call('CreateEventBus', { Name: 'mine' });
  return { given, call };
}
async function statementsOf(call: (operation: string, input: JsonObject) => Promise<JsonObject>): Promise<Json> {
  const { Policy } = await call('DescribeEventBus', { Name: 'mine' });
  return Policy === undefined ? null : (JSON.parse(textOf(Policy)) as { readonly Statement: Json }).Statement;
}

describe('The policy of a bus', () => {
  test('has a statement for each permission, and is told, also after a restart', async () => {
    const { given, call } = await made();
    await call('PutPermission', account);
    const condition = { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-1' };
    await call('PutPermission', { ...account, StatementId: 'all', Principal: '*', Condition: condition });
    const wanted = [
      {
        Sid: 'account',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'events:PutEvents',
        Resource: ARN,
      },
      {
        Sid: 'all',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: ARN,
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      },
    ];
    expect(await statementsOf(call)).toEqual(wanted);
    const after = world(given);
    expect(await statementsOf((operation, input) => after.events.handle(operation, input))).toEqual(wanted);
  });

  test('loses a statement, or all of them, and is then absent', async () => {
    const { call } = await made();
    await call('PutPermission', account);
    await call('PutPermission', { ...account, StatementId: 'other' });
    await call('RemovePermission', { ...on, StatementId: 'account' });
    expect(await statementsOf(call)).toMatchObject([{ Sid: 'other' }]);
    await call('RemovePermission', { ...on, RemoveAllPermissions: true });
    expect(await statementsOf(call)).toBeNull();
    await expect(call('RemovePermission', { ...on, StatementId: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'EventBus does not have a policy.',
    });
  });

  test('is given as a whole', async () => {
    const { call } = await made();
    const Statement = [{ Sid: 'own', Effect: 'Allow', Principal: '*', Action: 'events:*', Resource: ARN }];
    await call('PutPermission', { ...on, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    expect(await statementsOf(call)).toEqual(Statement);
  });

  test.each<[JsonObject, string]>([
    [{ ...account, Action: 'events:PutRule' }, "parameter 'action'"],
    [{ ...account, Principal: 'me' }, "parameter 'principal'"],
    [{ ...account, StatementId: '' }, 'statementId'],
    [{ ...account, Condition: { Type: 'StringLike' } }, 'StringEquals, on aws:PrincipalOrgID'],
    [{ ...on, Policy: '{' }, 'not valid JSON'],
    [{ ...on, Policy: '{}' }, 'no Statement'],
  ])('is refused when it is wrong: %j', async (input, message) => {
    const { call } = await made();
    await expect(call('PutPermission', input)).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining(message),
    });
  });
});

test.each(['CreateConnection', 'DescribeConnection', 'CreateApiDestination', 'ListApiDestinations'])(
  '%s is not there, and says so by name',
  async (operation) => {
    const { call } = await made();
    await expect(call(operation)).rejects.toMatchObject({
      code: 'UnknownOperationException',
      message: `The runtime's EventBridge has no operation ${operation}.`,
    });
  },
);
