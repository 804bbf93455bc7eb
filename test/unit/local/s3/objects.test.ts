import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { Objects } from '../../../../local/s3/objects.ts';
import { S3Service } from '../../../../local/s3/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

describe('Buckets', () => {
  const made = (properties: Record<string, string>, store = new DatabaseSync(':memory:')) => {
    const s3 = new S3Service(testContext(new VirtualClock(), store));
    const type = 'AWS::S3::Bucket';
    return s3.resources[type]!({ stack: 'Shop', logicalId: 'Results', type, properties, assets: new Map() });
  };

  test('of a template get a name in small letters, and keep their objects at the next start', async () => {
    const store = new DatabaseSync(':memory:');
    expect(await made({}, store)).toMatchObject({
      ref: 'shop-results',
      attributes: { Arn: 'arn:aws:s3:::shop-results' },
    });
    const objects = new Objects(store, new VirtualClock());
    objects.put('shop-results', 'k', 'kept', {});
    await made({}, store);
    expect(objects.get('shop-results', 'k').content).toBe('kept');
  });

  test('have the name that the template gives', async () => {
    expect(await made({ BucketName: 'my.results' })).toMatchObject({ ref: 'my.results' });
  });

  test('whose properties would change what the app does are refused', () => {
    expect(() => made({ VersioningConfiguration: 'Enabled' })).toThrow('VersioningConfiguration');
  });

  test.each(['ab', 'Upper', 'with_underscore', 'two..dots', '-first', 'x'.repeat(64)])('are not named %s', (name) => {
    expect(() => new Objects(new DatabaseSync(':memory:'), new VirtualClock()).create(name)).toThrow(name);
  });
});

test('A key has at most 1,024 bytes', () => {
  const objects = new Objects(new DatabaseSync(':memory:'), new VirtualClock());
  objects.create('bucket');
  objects.put('bucket', 'k'.repeat(1_024), '', {});
  expect(() => objects.put('bucket', 'é'.repeat(513), '', {})).toThrow('too long');
});
