/** What MiniStack's CloudFormation does not know, or makes otherwise. */
import { expect } from 'vitest';
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
