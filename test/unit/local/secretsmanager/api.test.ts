import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { secretsManager } from './secrets.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('A secret', () => {
  test('is made by the rule of its template', async () => {
    const { value, arn } = await secretsManager();
    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:Shop-Secret-\w{6}$/);
    const { kind, secret } = JSON.parse(await value()) as Record<string, string>;
    expect(kind).toBe('token');
    expect(secret).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  test('keeps its value over a start, in a file for its owner only', async () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'waybill-secrets-'));
    folders.push(dataDir);
    const first = await secretsManager({ dataDir });
    const again = await secretsManager({ dataDir });
    expect([again.arn, await again.value()]).toEqual([first.arn, await first.value()]);
    const folder = path.join(dataDir, 'secretsmanager');
    expect(readdirSync(folder)).toEqual(['Shop-Secret.json']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, 'Shop-Secret.json')).mode & 0o777).toBe(0o600);
  });

  test('has the value that was put last; the one before is the previous', async () => {
    const { ask, value } = await secretsManager();
    const before = await value();
    expect(await ask('PutSecretValue', { SecretString: 'two', ClientRequestToken: 'v2' })).toMatchObject({
      VersionId: 'v2',
      VersionStages: ['AWSCURRENT'],
    });
    expect(await value()).toBe('two');
    expect(await value({ VersionStage: 'AWSPREVIOUS' })).toBe(before);
    await ask('PutSecretValue', { SecretString: 'three', ClientRequestToken: 'v3' });
    expect(await value({ VersionStage: 'AWSPREVIOUS' })).toBe('two');
    const { VersionIdsToStages } = await ask('DescribeSecret');
    expect(VersionIdsToStages).toEqual({ v2: ['AWSPREVIOUS'], v3: ['AWSCURRENT'] });
  });

  test('is put once under one token', async () => {
    const { ask } = await secretsManager();
    const put = (SecretString: string) => ask('PutSecretValue', { SecretString, ClientRequestToken: 'v2' });
    expect(await put('two')).toEqual(await put('two'));
    await expect(put('other')).rejects.toMatchObject({ code: 'ResourceExistsException' });
  });

  test('has a pending version beside the current one, which becomes current when its stage is moved', async () => {
    const { ask, value } = await secretsManager();
    const { VersionId } = await ask('GetSecretValue');
    const next = { SecretString: 'two', ClientRequestToken: 'v2', VersionStages: ['AWSPENDING'] };
    await ask('PutSecretValue', next);
    expect(await value()).not.toBe('two');
    expect(await value({ VersionStage: 'AWSPENDING' })).toBe('two');
    expect(await value({ VersionId: 'v2' })).toBe('two');
    const move = { VersionStage: 'AWSCURRENT', MoveToVersionId: 'v2' };
    await expect(ask('UpdateSecretVersionStage', move)).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await ask('UpdateSecretVersionStage', { ...move, RemoveFromVersionId: VersionId! });
    expect(await value()).toBe('two');
    await ask('UpdateSecretVersionStage', { VersionStage: 'AWSPENDING', RemoveFromVersionId: 'v2' });
    expect(await ask('DescribeSecret')).toMatchObject({
      VersionIdsToStages: { v2: ['AWSCURRENT'], [VersionId as string]: ['AWSPREVIOUS'] },
    });
  });

  test('is found by its name, too, and is listed without its value', async () => {
    const { service, arn, value } = await secretsManager();
    expect(await service.handle('GetSecretValue', { SecretId: 'Shop-Secret' })).toMatchObject({ ARN: arn });
    const listed = await service.handle('ListSecrets', {});
    expect(listed).toMatchObject({ SecretList: [{ ARN: arn, Description: 'A credential', RotationEnabled: false }] });
    expect(JSON.stringify(listed)).not.toContain(await value());
  });

  test('that there is not is refused in the words of AWS', async () => {
    const { service, ask } = await secretsManager();
    await expect(service.handle('GetSecretValue', { SecretId: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    await expect(ask('GetSecretValue', { VersionStage: 'AWSPENDING' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await expect(ask('DeleteSecret')).rejects.toMatchObject({ code: 'InvalidAction' });
  });

  test('needs a permission on itself, whether it is asked for by name or by ARN', async () => {
    const { service, arn } = await secretsManager();
    const needed = [{ action: 'secretsmanager:GetSecretValue', resource: arn }];
    expect(service.permissions('GetSecretValue', { SecretId: 'Shop-Secret' })).toEqual(needed);
    expect(service.permissions('GetSecretValue', { SecretId: arn })).toEqual(needed);
    expect(service.permissions('ListSecrets', {})).toEqual([{ action: 'secretsmanager:ListSecrets', resource: '*' }]);
  });
});
