import { describe, expect, test } from 'vitest';
import { Policies } from '../../../../local/iam/policies.ts';
import { iamResources } from '../../../../local/iam/resources.ts';
import { LOCATION, makerOf } from '../resource-making.ts';

function roleMaker() {
  const policies = new Policies();
  return { make: makerOf(iamResources(policies, LOCATION)), policies };
}

describe('A role', () => {
  const Statement = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

  test('has the policies in it and those attached to it', async () => {
    const { make, policies } = roleMaker();
    const { ref, attributes } = await make('AWS::IAM::Role', {
      Policies: [{ PolicyName: 'p', PolicyDocument: Statement('sqs:SendMessage') }],
    });
    await make('AWS::IAM::Policy', { PolicyName: 'q', Roles: [ref], PolicyDocument: Statement('events:PutEvents') });
    expect(attributes).toEqual({ Arn: 'arn:aws:iam::000000000000:role/Shop-Thing' });
    const allows = (action: string) => policies.allows(attributes!.Arn!, { action, resource: 'x' });
    expect([allows('sqs:SendMessage'), allows('events:PutEvents'), allows('sqs:DeleteMessage')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('may have AWS’s managed policies for logs and traces, and no other', async () => {
    const { make } = roleMaker();
    const managed = (name: string) =>
      make('AWS::IAM::Role', { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] });
    await expect(managed('service-role/AWSLambdaBasicExecutionRole')).resolves.toMatchObject({ ref: 'Shop-Thing' });
    await expect(managed('AmazonDynamoDBFullAccess')).rejects.toThrow('AmazonDynamoDBFullAccess');
    await expect(make('AWS::IAM::Role', { PermissionsBoundary: 'arn:boundary' })).rejects.toThrow('arn:boundary');
  });
});
