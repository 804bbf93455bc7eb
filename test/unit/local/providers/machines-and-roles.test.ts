import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingServices } from './recording-services.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';
const ROLE = 'arn:aws:iam::000000000000:role/saga-role';

describe('A state machine', () => {
  test('has its definition with the substitutions in it', async () => {
    const { make, calls } = recordingServices();
    const made = await make('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'saga',
      RoleArn: ROLE,
      DefinitionString: '{"a":"${Step}","jsonata":"${not}"}',
      DefinitionSubstitutions: { Step: 'arn:step' },
    });
    expect(made).toEqual({
      ref: MACHINE,
      attributes: { Arn: MACHINE, Name: 'saga', StateMachineRevisionId: expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    expect(calls).toEqual([
      [
        'states.createStateMachine',
        { name: 'saga', arn: MACHINE, definition: '{"a":"arn:step","jsonata":"${not}"}', roleArn: ROLE },
      ],
    ]);
  });

  test('may have its definition as an object, or in an asset', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'asset-'));
    const file = path.join(folder, 'definition.json');
    writeFileSync(file, '{"from":"${Where}"}');
    const { make, calls } = recordingServices();
    await make('AWS::StepFunctions::StateMachine', { RoleArn: ROLE, Definition: { from: 'template' } });
    await make(
      'AWS::StepFunctions::StateMachine',
      {
        RoleArn: ROLE,
        DefinitionS3Location: { Bucket: 'b', Key: 'd.json' },
        DefinitionSubstitutions: { Where: 'asset' },
      },
      { assets: new Map([['d.json', file]]) },
    );
    expect(calls.map(([, machine]) => (machine as { definition: string }).definition)).toEqual([
      '{"from":"template"}',
      '{"from":"asset"}',
    ]);
    rmSync(folder, { recursive: true });
  });

  test('without a definition, or of the express kind, is refused', async () => {
    const { make } = recordingServices();
    await expect(make('AWS::StepFunctions::StateMachine', { RoleArn: ROLE })).rejects.toThrow(
      'neither in the template nor an asset',
    );
    await expect(
      make('AWS::StepFunctions::StateMachine', { StateMachineType: 'EXPRESS', RoleArn: ROLE }),
    ).rejects.toThrow('EXPRESS');
  });

  test('has versions, and aliases that route to them', async () => {
    const { make, calls } = recordingServices();
    expect(await make('AWS::StepFunctions::StateMachineVersion', { StateMachineArn: MACHINE })).toEqual({
      ref: `${MACHINE}:3`,
      attributes: { Arn: `${MACHINE}:3` },
    });
    const routes = { RoutingConfiguration: [{ StateMachineVersionArn: `${MACHINE}:3`, Weight: 100 }] };
    expect((await make('AWS::StepFunctions::StateMachineAlias', { Name: 'live', ...routes })).ref).toBe(
      `${MACHINE}:live`,
    );
    const gradual = { DeploymentPreference: { StateMachineVersionArn: `${MACHINE}:4`, Type: 'LINEAR' } };
    await make('AWS::StepFunctions::StateMachineAlias', { Name: 'soon', ...gradual });
    expect(calls.slice(1)).toEqual([
      ['states.defineAlias', `${MACHINE}:live`, [{ stateMachineVersionArn: `${MACHINE}:3`, weight: 100 }]],
      ['states.defineAlias', `${MACHINE}:soon`, [{ stateMachineVersionArn: `${MACHINE}:4`, weight: 100 }]],
    ]);
  });
});

describe('A role', () => {
  const Statement = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

  test('has the policies in it and those attached to it', async () => {
    const { make, services } = recordingServices();
    const { ref, attributes } = await make('AWS::IAM::Role', {
      Policies: [{ PolicyName: 'p', PolicyDocument: Statement('sqs:SendMessage') }],
    });
    await make('AWS::IAM::Policy', { PolicyName: 'q', Roles: [ref], PolicyDocument: Statement('events:PutEvents') });
    expect(attributes).toEqual({ Arn: 'arn:aws:iam::000000000000:role/Shop-Thing' });
    const allows = (action: string) => services.policies.allows(attributes!.Arn!, { action, resource: 'x' });
    expect([allows('sqs:SendMessage'), allows('events:PutEvents'), allows('sqs:DeleteMessage')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('may have AWS’s managed policies for logs and traces, and no other', async () => {
    const { make } = recordingServices();
    const managed = (name: string) =>
      make('AWS::IAM::Role', { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] });
    await expect(managed('service-role/AWSLambdaBasicExecutionRole')).resolves.toMatchObject({ ref: 'Shop-Thing' });
    await expect(managed('AmazonDynamoDBFullAccess')).rejects.toThrow('AmazonDynamoDBFullAccess');
    await expect(make('AWS::IAM::Role', { PermissionsBoundary: 'arn:boundary' })).rejects.toThrow('arn:boundary');
  });
});

describe('A resource type', () => {
  test('that changes nothing on one machine is not made, and can be referred to', async () => {
    const { make, calls } = recordingServices();
    expect(await make('AWS::CloudWatch::Alarm', { Threshold: 1 })).toEqual({ ref: 'Shop-Thing' });
    expect((await make('AWS::Logs::LogGroup', { LogGroupName: '/app' })).attributes).toEqual({
      Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app:*',
    });
    expect(calls).toEqual([]);
  });

  test('that is unknown is refused with the list of those there are', async () => {
    await expect(recordingServices().make('AWS::Kinesis::Stream')).rejects.toThrow(
      /does not have the type.*AWS::DynamoDB::Table.*AWS::SQS::Queue/,
    );
  });
});
