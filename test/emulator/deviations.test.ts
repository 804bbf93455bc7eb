import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretsManagerAt } from '../../launch/clients/secrets.ts';
import { createStack } from './support/aws.ts';
import { type Emulated, startEmulator } from './support/emulated.ts';

/**
 * In what MiniStack is not as AWS, as far as the app had to give way (`lib/emulator/`). Each check sees the deviation, and fails when it is gone:
 * then what was left out for it comes back.
 */
let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulator();
});
afterAll(() => emulated.close());

const resource = (Type: string, Properties: unknown) => ({ Resources: { It: { Type, Properties } } });

describe('MiniStack, unlike AWS,', () => {
  test.each([
    ['versions of state machines', 'AWS::StepFunctions::StateMachineVersion', { StateMachineArn: 'arn' }],
    ['aliases of state machines', 'AWS::StepFunctions::StateMachineAlias', { Name: 'live' }],
    ['the rotation of secrets by date', 'AWS::SecretsManager::RotationSchedule', { SecretId: 'arn' }],
  ])('does not know %s', async (_what, type, properties) => {
    const refusal = await createStack(emulated.emulator.url, 'Unknown', resource(type, properties));
    expect(refusal).toContain('Unrecognized resource types');
    expect(refusal).toContain(type);
  });

  test('puts punctuation into a generated secret that shall have none', async () => {
    const { url } = emulated.emulator;
    const generated = { GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 512 }, Name: 'generated' };
    expect(await createStack(url, 'Generated', resource('AWS::SecretsManager::Secret', generated))).toBeUndefined();
    const { SecretString } = (await secretsManagerAt(url)('GetSecretValue', { SecretId: 'generated' })) as {
      readonly SecretString: string;
    };
    expect(SecretString).toMatch(/[^A-Za-z0-9]/);
  });

  test('loses the name of the error of a function that runs on Lambda’s Node', async () => {
    const { url } = emulated.emulator;
    const code = 'exports.handler = async () => { const e = new Error("no"); e.name = "OutOfStock"; throw e; };';
    const lambda = {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {}, RoleName: 'role' } },
        It: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: 'failing',
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Code: { ZipFile: code },
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          },
        },
      },
    };
    expect(await createStack(url, 'Failing', lambda)).toBeUndefined();
    const answer = await fetch(`${url}/2015-03-31/functions/failing/invocations`, { method: 'POST', body: '{}' });
    expect(await answer.json()).toMatchObject({ errorType: 'Runtime.HandlerError', errorMessage: 'no' });
  });
});
