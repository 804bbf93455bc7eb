import { Readable } from 'node:stream';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ServedEndpoint, serveEndpoint } from '../endpoint/served-endpoint.ts';

const Bucket = 'results';
const MD5_OF_HELLO = '"5d41402abc4b2a76b9719d911017c592"';

let endpoint: ServedEndpoint;
let s3: S3Client;

beforeEach(async () => {
  endpoint = await serveEndpoint();
  s3 = new S3Client({ ...endpoint.client(), forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterEach(async () => {
  s3.destroy();
  await endpoint.close();
});

const put = (Key: string, Body = 'hello') => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const keysOf = async (fields: object = {}) => {
  const { Contents = [], ...page } = await s3.send(new ListObjectsV2Command({ Bucket, ...fields }));
  return { ...page, keys: Contents.map(({ Key }) => Key) };
};

describe('The SDK’s client of S3', () => {
  test('gets what it put, with its headers', async () => {
    const written = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'a/ü&<b>.json',
        Body: '[1,"ü"]',
        ContentType: 'application/json',
        Metadata: { by: 'me' },
      }),
    );
    const { Body, ...read } = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/ü&<b>.json' }));
    expect(await Body!.transformToString()).toBe('[1,"ü"]');
    expect(read).toMatchObject({
      ETag: written.ETag,
      ContentType: 'application/json',
      ContentLength: 8,
      Metadata: { by: 'me' },
      LastModified: new Date(endpoint.ctx.clock.now()),
    });
  });

  test('sends a stream in chunks, which are no part of the object', async () => {
    const Body = Readable.from([Buffer.from('hel'), Buffer.from('lo')]);
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body, ContentLength: 5 }));
    const { Body: read, ETag, ContentEncoding } = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect([await read!.transformToString(), ETag, ContentEncoding]).toEqual(['hello', MD5_OF_HELLO, undefined]);
  });

  test('replaces an object whole, and deletes it, also twice', async () => {
    await put('k');
    await put('k', 'other');
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ ContentLength: 5 });
    for (let times = 0; times < 2; times += 1) await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  test('lists objects in the order of their keys, by prefix, page by page, after a key', async () => {
    for (const key of ['b', 'a/2', 'a/10', 'a/1 +é']) await put(key);
    expect((await keysOf()).keys).toEqual(['a/1 +é', 'a/10', 'a/2', 'b']);
    expect((await keysOf({ EncodingType: 'url' })).keys[0]).toBe('a%2F1%20%2B%C3%A9');
    expect((await keysOf({ StartAfter: 'a/10' })).keys).toEqual(['a/2', 'b']);
    const first = await keysOf({ Prefix: 'a/', MaxKeys: 2 });
    expect(first).toMatchObject({ keys: ['a/1 +é', 'a/10'], IsTruncated: true, KeyCount: 2 });
    const second = await keysOf({ Prefix: 'a/', MaxKeys: 2, ContinuationToken: first.NextContinuationToken });
    expect(second).toMatchObject({ keys: ['a/2'], IsTruncated: false });
  });

  test('lists folders as common prefixes', async () => {
    for (const key of ['a/1', 'a/2', 'b/1', 'c']) await put(key);
    const first = await keysOf({ Delimiter: '/', MaxKeys: 2 });
    expect(first).toMatchObject({ keys: [], CommonPrefixes: [{ Prefix: 'a/' }, { Prefix: 'b/' }], IsTruncated: true });
    expect(await keysOf({ Delimiter: '/', ContinuationToken: first.NextContinuationToken })).toMatchObject({
      keys: ['c'],
      IsTruncated: false,
    });
  });

  test('creates buckets, finds them, and deletes those that are empty', async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new CreateBucketCommand({ Bucket: 'other' }));
    const { Buckets } = await s3.send(new ListBucketsCommand());
    expect(Buckets!.map(({ Name }) => Name)).toEqual(['other', Bucket]);
    await s3.send(new HeadBucketCommand({ Bucket: 'other' }));
    await s3.send(new DeleteBucketCommand({ Bucket: 'other' }));
    await expect(s3.send(new HeadBucketCommand({ Bucket: 'other' }))).rejects.toMatchObject({ name: 'NotFound' });
    await put('k');
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  });

  test('is refused by the names that S3 gives', async () => {
    const missing = s3.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'k', Body: 'a' }));
    await expect(missing).rejects.toMatchObject({ name: 'NoSuchBucket' });
    const misnamed = s3.send(new CreateBucketCommand({ Bucket: 'Upper' }));
    await expect(misnamed).rejects.toMatchObject({ name: 'InvalidBucketName' });
    const binary = s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: Uint8Array.from([0xff, 0xfe]) }));
    await expect(binary).rejects.toMatchObject({ name: 'NotImplemented' });
    await put('k');
    const part = s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=0-1' }));
    await expect(part).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('range') });
    const tags = s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }));
    await expect(tags).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('tagging') });
    const changed = s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'a', ContentMD5: 'AAAA' }));
    await expect(changed).rejects.toMatchObject({ name: 'BadDigest' });
  });

  test('of a function may do what its role allows', async () => {
    const client = new S3Client({ ...endpoint.client('worker'), forcePathStyle: true });
    const read = () => client.send(new GetObjectCommand({ Bucket, Key: 'in/k' }));
    await put('in/k');
    await expect(read()).rejects.toMatchObject({ name: 'AccessDenied' });
    endpoint.grant('s3:GetObject', 'arn:aws:s3:::results/in/*');
    expect((await read()).ETag).toBe(MD5_OF_HELLO);
    await expect(client.send(new ListObjectsV2Command({ Bucket }))).rejects.toThrow('s3:ListBucket');
    client.destroy();
  });
});
