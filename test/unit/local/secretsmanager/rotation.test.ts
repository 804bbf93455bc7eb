import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { ROTATOR, secretsManager } from './secrets.ts';

const DAY_MS = 24 * 3_600_000;

/** A secret with a rotation function of a few lines; `failAt` is the step that fails. */
async function rotated() {
  const scene: { steps: string[]; failAt?: string } = { steps: [] };
  const manager = await secretsManager({
    rotate: async ({ Step, SecretId, ClientRequestToken }) => {
      scene.steps.push(Step as string);
      if (scene.failAt === Step) throw new Error('The partner is away.');
      const ask = (operation: string, input: JsonObject) =>
        manager.service.handle(operation, { SecretId: SecretId!, ...input });
      const token = ClientRequestToken!;
      if (Step === 'createSecret') {
        await ask('PutSecretValue', { ClientRequestToken: token, SecretString: 'new', VersionStages: ['AWSPENDING'] });
      }
      if (Step === 'finishSecret') {
        const { VersionId } = await ask('GetSecretValue', {});
        const move = { VersionStage: 'AWSCURRENT', MoveToVersionId: token, RemoveFromVersionId: VersionId! };
        await ask('UpdateSecretVersionStage', move);
      }
    },
  });
  const { make, arn, clock } = manager;
  await make('RotationSchedule', {
    SecretId: arn,
    RotationLambdaARN: ROTATOR,
    RotationRules: { AutomaticallyAfterDays: 30 },
    RotateImmediatelyOnUpdate: false,
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settled();
  };
  return { ...manager, scene, pass, settled };
}

const ALL = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

describe('The rotation of a secret', () => {
  test('is due after its interval, and calls the function for each of the four steps', async () => {
    const { service, scene, pass, value, ask, clock } = await rotated();
    service.resume();
    await pass(29 * DAY_MS);
    expect(scene.steps).toEqual([]);
    await pass(DAY_MS);
    expect(scene.steps).toEqual(ALL);
    expect(await value()).toBe('new');
    expect(await ask('DescribeSecret')).toMatchObject({
      RotationEnabled: true,
      RotationLambdaARN: ROTATOR,
      RotationRules: { AutomaticallyAfterDays: 30 },
      LastRotatedDate: clock.now() / 1_000,
      NextRotationDate: (clock.now() + 30 * DAY_MS) / 1_000,
    });
    service.close();
  });

  test('begins at once when somebody asks for it', async () => {
    const { ask, scene, settled, value } = await rotated();
    expect(await ask('RotateSecret')).toMatchObject({ Name: 'Shop-Secret' });
    await settled();
    expect([scene.steps, await value()]).toEqual([ALL, 'new']);
  });

  test('that fails leaves the secret as it is, and is tried again under the same version', async () => {
    const { ask, scene, settled, value, service, pass, context } = await rotated();
    scene.failAt = 'setSecret';
    const { VersionId } = await ask('RotateSecret');
    await settled();
    expect(scene.steps).toEqual(['createSecret', 'setSecret']);
    expect(await value()).not.toBe('new');
    expect(context.warnings).toEqual([expect.stringContaining('stopped at setSecret: The partner is away.')]);
    delete scene.failAt;
    service.resume();
    expect((await ask('RotateSecret')).VersionId).toBe(VersionId);
    await pass(3_600_000);
    expect(await value()).toBe('new');
    service.close();
  });

  test('is refused for a secret that names no function', async () => {
    const { ask } = await secretsManager();
    await expect(ask('RotateSecret')).rejects.toMatchObject({ code: 'InvalidRequestException' });
  });
});
