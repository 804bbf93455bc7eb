import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { NAME, systemsManager } from './parameters.ts';

const ARN = 'arn:aws:ssm:us-east-1:000000000000:parameter/app/settings';

describe('A parameter', () => {
  test('does not exist before it is put', async () => {
    const { service } = systemsManager();
    for (const operation of ['GetParameter', 'GetParameterHistory', 'DeleteParameter']) {
      await expect(service.handle(operation, { Name: NAME })).rejects.toMatchObject({ code: 'ParameterNotFound' });
    }
  });

  test('has its newest value and its version', async () => {
    const { service, clock, put } = systemsManager();
    expect(await put('one')).toEqual({ Version: 1, Tier: 'Standard' });
    clock.advance(1_500);
    expect(await put('two', { Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' });
    expect(await service.handle('GetParameter', { Name: NAME })).toEqual({
      Parameter: {
        Name: NAME,
        Type: 'String',
        Value: 'two',
        Version: 2,
        LastModifiedDate: clock.now() / 1_000,
        ARN,
        DataType: 'text',
      },
    });
  });

  test('is overwritten only on request', async () => {
    const { put, get } = systemsManager();
    await put('one');
    await expect(put('two')).rejects.toMatchObject({ code: 'ParameterAlreadyExists' });
    expect(await get()).toBe('one');
  });

  test('gives an older version by its number', async () => {
    const { put, get } = systemsManager();
    await put('one');
    await put('two', { Overwrite: true });
    expect(await get(`${NAME}:1`)).toBe('one');
    await expect(get(`${NAME}:3`)).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
  });

  test('gives its versions in pages, oldest first, and forgets the oldest beyond a hundred', async () => {
    const { service, put } = systemsManager();
    for (let version = 1; version <= 103; version += 1) await put(`v${version}`, { Overwrite: true });
    const versions: unknown[] = [];
    for (let page: JsonObject = { NextToken: '0' }; page.NextToken !== undefined; ) {
      page = await service.handle('GetParameterHistory', { Name: NAME, NextToken: page.NextToken });
      versions.push(...(page.Parameters as { Version: number }[]).map(({ Version }) => Version));
    }
    expect(versions).toEqual(Array.from({ length: 100 }, (_, index) => index + 4));
  });

  test('says in its history when each version was made, and by whom', async () => {
    const { service, clock, put } = systemsManager();
    await put('one', { Description: 'settings' });
    expect(await service.handle('GetParameterHistory', { Name: NAME })).toEqual({
      Parameters: [
        {
          Name: NAME,
          Type: 'String',
          Value: 'one',
          Version: 1,
          LastModifiedDate: clock.now() / 1_000,
          LastModifiedUser: 'arn:aws:iam::000000000000:root',
          Description: 'settings',
          Tier: 'Standard',
        },
      ],
    });
  });

  test('is at most as long as its tier allows', async () => {
    const { put } = systemsManager();
    await expect(put('x'.repeat(4_097))).rejects.toMatchObject({ code: 'ValidationException' });
    const Tier = 'Intelligent-Tiering';
    expect(await put('x'.repeat(4_096), { Tier })).toEqual({ Version: 1, Tier: 'Standard' });
    expect(await put('x'.repeat(4_097), { Tier, Overwrite: true })).toEqual({ Version: 2, Tier: 'Advanced' });
    await expect(put('x'.repeat(8_193), { Tier, Overwrite: true })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  test.each(['', 'settings', '/a/../b', '/a b', '/a/'])('cannot have the name %j', async (Name) => {
    const { service } = systemsManager();
    await expect(service.handle('PutParameter', { Name, Value: 'x' })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });

  test.each([{ Type: 'SecureString' }, { Tier: 'Cheap' }, { Value: '' }])('cannot be one of %j', async (input) => {
    const { put } = systemsManager();
    await expect(put('x', input)).rejects.toMatchObject({ code: 'ValidationException' });
  });

  test('tells of each change as AWS does', async () => {
    const { service, put, changes } = systemsManager();
    await put('one');
    await put('two', { Overwrite: true });
    await service.handle('DeleteParameter', { Name: NAME });
    const of = { parameterArn: ARN, name: NAME, type: 'String', description: '' };
    expect(changes).toEqual([
      { ...of, operation: 'Create' },
      { ...of, operation: 'Update' },
      { ...of, operation: 'Delete' },
    ]);
  });

  test('needs the permission of the operation on it, whatever its version', () => {
    expect(systemsManager().service.permissions('GetParameter', { Name: `${NAME}:3` })).toEqual([
      { action: 'ssm:GetParameter', resource: ARN },
    ]);
  });
});
