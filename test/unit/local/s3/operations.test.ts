import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../local/contracts.ts';
import { S3Service } from '../../../../local/s3/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

const Bucket = 'bucket';

async function s3(): Promise<{
  readonly service: S3Service;
  readonly ask: (operation: string, input: JsonObject) => Promise<JsonObject>;
}> {
  const service = new S3Service(testContext(new VirtualClock(), new DatabaseSync(':memory:')));
  const ask = (operation: string, input: JsonObject) => service.handle(operation, { Bucket, ...input });
  await ask('CreateBucket', {});
  return { service, ask };
}

describe('Operations of S3 by name', () => {
  test('put an object, and get it with what S3 tells of it', async () => {
    const { ask } = await s3();
    const put = await ask('PutObject', { Key: 'a', Body: '"text data"', Metadata: { by: 'me' } });
    expect(put).toEqual({
      ChecksumCRC32: 'KUmHvQ==',
      ChecksumType: 'FULL_OBJECT',
      ETag: '"2b5df3712557f503a9977a8ea893b2c9"',
      ServerSideEncryption: 'AES256',
    });
    const head = {
      AcceptRanges: 'bytes',
      ContentLength: 11,
      ContentType: 'text/plain; charset=UTF-8',
      ETag: put.ETag,
      LastModified: expect.stringMatching(/^\d{4}-.*Z$/),
      Metadata: { by: 'me' },
      ServerSideEncryption: 'AES256',
    };
    expect(await ask('GetObject', { Key: 'a' })).toEqual({ ...head, Body: '"text data"' });
    expect(await ask('HeadObject', { Key: 'a' })).toEqual(head);
  });

  test('list page by page, and delete', async () => {
    const { service, ask } = await s3();
    for (const Key of ['a', 'b/1', 'b/2', 'c']) await ask('PutObject', { Key, Body: '1', ContentType: 'text/csv' });
    const first = await ask('ListObjectsV2', { Delimiter: '/', MaxKeys: 2 });
    expect(first).toMatchObject({ KeyCount: 2, IsTruncated: true, CommonPrefixes: [{ Prefix: 'b/' }] });
    const rest = await ask('ListObjectsV2', { Delimiter: '/', ContinuationToken: first.NextContinuationToken! });
    expect(rest).toMatchObject({ Contents: [{ Key: 'c', Size: 1 }], IsTruncated: false });
    for (const Key of ['a', 'b/1', 'b/2', 'c']) await ask('DeleteObject', { Key });
    await ask('HeadBucket', {});
    await ask('DeleteBucket', {});
    expect(await service.handle('ListBuckets', {})).toEqual({ Buckets: [] });
  });

  test.each<[string, JsonObject, string]>([
    ['GetObject', { Key: 'none' }, 'NoSuchKey'],
    ['GetObject', { Key: 'a', Bucket: 'none' }, 'NoSuchBucket'],
    ['GetObject', {}, 'InvalidRequest'],
    ['GetObject', { Key: 'a', Range: 'bytes=0-1' }, 'NotImplemented'],
    ['CopyObject', { Key: 'a' }, 'UnknownOperationException'],
  ])('refuse %s of %j with %s', async (operation, input, code) => {
    const { ask } = await s3();
    await expect(ask(operation, input)).rejects.toMatchObject({ code });
  });
});
