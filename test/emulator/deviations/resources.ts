/** What MiniStack's CloudFormation does not know, or makes otherwise. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { secretsManagerAt } from '../../../launch/clients/secrets.ts';
import { createStack } from '../support/aws.ts';

const resource = (Type: string, Properties: unknown) => ({ Resources: { It: { Type, Properties } } });

async function unknown(endpoint: string, type: string, properties: unknown): Promise<void> {
  const refusal = await createStack(endpoint, 'Unknown', resource(type, properties));
  expect(refusal).toContain('Unrecognized resource types');
  expect(refusal).toContain(type);
}

export const versions = (endpoint: string) =>
  unknown(endpoint, 'AWS::StepFunctions::StateMachineVersion', { StateMachineArn: 'arn' });

export const aliases = (endpoint: string) =>
  unknown(endpoint, 'AWS::StepFunctions::StateMachineAlias', { Name: 'live' });

export const rotation = (endpoint: string) =>
  unknown(endpoint, 'AWS::SecretsManager::RotationSchedule', { SecretId: 'arn' });

/** `ExcludePunctuation` has no effect. */
export async function generatedSecrets(endpoint: string): Promise<void> {
  const generated = { GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 512 }, Name: 'generated' };
  expect(await createStack(endpoint, 'Generated', resource('AWS::SecretsManager::Secret', generated))).toBeUndefined();
  const { SecretString } = (await secretsManagerAt(endpoint)('GetSecretValue', { SecretId: 'generated' })) as {
    readonly SecretString: string;
  };
  expect(SecretString).toMatch(/[^A-Za-z0-9]/);
}

/** `Ref` of a secret without a name is its logical name with the stack's; on AWS it is the ARN. Secrets Manager itself takes both. */
export async function references(endpoint: string): Promise<void> {
  const template = {
    Resources: { It: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'text' } } },
    Outputs: { Reference: { Value: { Ref: 'It' } } },
  };
  expect(await createStack(endpoint, 'Referred', template)).toBeUndefined();
  const client = new CloudFormationClient(operatorClientConfig(endpoint));
  const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: 'Referred' }));
  client.destroy();
  expect(stack?.Outputs).toEqual([expect.objectContaining({ OutputValue: expect.stringMatching(/^Referred-It-/) })]);
}
