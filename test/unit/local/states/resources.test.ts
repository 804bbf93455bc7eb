import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type StateMachines, stateResources } from '../../../../local/states/resources.ts';
import { LOCATION, makerOf, recorder } from '../resource-making.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:saga';
const ROLE = 'arn:aws:iam::000000000000:role/saga-role';

function machineMaker() {
  const { part, calls } = recorder<StateMachines>({ publishVersion: `${MACHINE}:3` });
  return { make: makerOf(stateResources(part, LOCATION)), calls };
}

describe('A state machine', () => {
  test('has its definition with the substitutions in it', async () => {
    const { make, calls } = machineMaker();
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
        'createStateMachine',
        { name: 'saga', arn: MACHINE, definition: '{"a":"arn:step","jsonata":"${not}"}', roleArn: ROLE },
      ],
    ]);
  });

  test('may have its definition as an object, or in an asset', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'asset-'));
    const file = path.join(folder, 'definition.json');
    writeFileSync(file, '{"from":"${Where}"}');
    const { make, calls } = machineMaker();
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
    const { make } = machineMaker();
    await expect(make('AWS::StepFunctions::StateMachine', { RoleArn: ROLE })).rejects.toThrow(
      'neither in the template nor an asset',
    );
    await expect(make('AWS::StepFunctions::StateMachine', { StateMachineType: 'FAST', RoleArn: ROLE })).rejects.toThrow(
      'FAST',
    );
  });

  test('has versions, and aliases that route to them', async () => {
    const { make, calls } = machineMaker();
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
      ['defineAlias', `${MACHINE}:live`, [{ stateMachineVersionArn: `${MACHINE}:3`, weight: 100 }]],
      ['defineAlias', `${MACHINE}:soon`, [{ stateMachineVersionArn: `${MACHINE}:4`, weight: 100 }]],
    ]);
  });
});
