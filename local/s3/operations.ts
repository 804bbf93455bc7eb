import { AwsError, type JsonObject } from '../contracts.ts';
import type { Operations } from '../operations.ts';
import { text } from '../properties.ts';
import { crc32Of } from './content.ts';
import { listedPage } from './list.ts';
import type { ObjectHead, Objects } from './objects.ts';

/** Fields of an object that are headers of the same meaning. */
const HEADERS = {
  ContentType: 'content-type',
  ContentDisposition: 'content-disposition',
  ContentEncoding: 'content-encoding',
  ContentLanguage: 'content-language',
  CacheControl: 'cache-control',
  Expires: 'expires',
} as const;
const META = 'x-amz-meta-';
/** As clients in Java call a text that has no other type. */
const TEXT = 'text/plain; charset=UTF-8';
/** What AWS tells of every object since 2023. */
const ENCRYPTED = { ServerSideEncryption: 'AES256' };

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  ListBuckets: [],
  CreateBucket: ['Bucket'],
  HeadBucket: ['Bucket'],
  DeleteBucket: ['Bucket'],
  ListObjectsV2: ['Bucket', 'Prefix', 'Delimiter', 'MaxKeys', 'ContinuationToken', 'StartAfter'],
  PutObject: ['Bucket', 'Key', 'Body', 'Metadata', ...Object.keys(HEADERS)],
  GetObject: ['Bucket', 'Key'],
  HeadObject: ['Bucket', 'Key'],
  DeleteObject: ['Bucket', 'Key'],
};

/** The operations with their fields as SDK clients have them, for callers inside the runtime. Text is text, and times are in ISO 8601. */
export function s3Operations(objects: Objects): Operations {
  const operations: Operations = {
    ListBuckets: () => ({
      Buckets: objects.buckets().map(({ name, createdAt }) => ({ CreationDate: iso(createdAt), Name: name })),
    }),
    CreateBucket(input) {
      objects.create(bucketOf(input));
      return { Location: `/${bucketOf(input)}` };
    },
    HeadBucket(input) {
      objects.requireBucket(bucketOf(input));
      return {};
    },
    DeleteBucket(input) {
      objects.drop(bucketOf(input));
      return {};
    },
    ListObjectsV2: (input) => listedPage(objects, { ...input, Bucket: bucketOf(input) }) as JsonObject,
    PutObject(input) {
      const content = text(input.Body) ?? '';
      const etag = objects.put(bucketOf(input), keyOf(input), content, headersOf(input));
      return { ChecksumCRC32: crc32Of(content), ChecksumType: 'FULL_OBJECT', ETag: etag, ...ENCRYPTED };
    },
    GetObject(input) {
      const object = objects.get(bucketOf(input), keyOf(input));
      return { ...told(object), Body: object.content };
    },
    HeadObject: (input) => told(objects.get(bucketOf(input), keyOf(input))),
    DeleteObject(input) {
      objects.remove(bucketOf(input), keyOf(input));
      return {};
    },
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, carryOut]) => [
      name,
      (input: JsonObject) => {
        refuseUnknown(name, input);
        return carryOut(input);
      },
    ]),
  );
}

function refuseUnknown(operation: string, input: JsonObject): void {
  const known = FIELDS[operation]!;
  const field = Object.keys(input).find((name) => !known.includes(name));
  if (field === undefined) return;
  throw new AwsError(
    'NotImplemented',
    `The embedded S3 does not have the field ${field} of ${operation}; it has ${known.join(', ') || 'none'}.`,
    501,
  );
}

const bucketOf = (input: JsonObject): string => required(input, 'Bucket');
const keyOf = (input: JsonObject): string => required(input, 'Key');

function required(input: JsonObject, field: 'Bucket' | 'Key'): string {
  const value = text(input[field]);
  if (value !== undefined && value !== '') return value;
  throw new AwsError('InvalidRequest', `${field} is ${JSON.stringify(input[field])}; expected a text.`);
}

function headersOf({ Metadata = {}, ...input }: JsonObject): Record<string, string> {
  const headers = Object.entries(HEADERS).map(([field, header]) => [header, text(input[field])] as const);
  const meta = Object.entries(Metadata as JsonObject).map(([name, value]) => [`${META}${name}`, text(value)] as const);
  const given = [...headers, ...meta].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { 'content-type': TEXT, ...Object.fromEntries(given) };
}

function told({ size, etag, modifiedAt, headers }: ObjectHead): JsonObject {
  const fields = Object.entries(HEADERS).filter(([, header]) => header in headers);
  const meta = Object.entries(headers).filter(([name]) => name.startsWith(META));
  return {
    AcceptRanges: 'bytes',
    ContentLength: size,
    ContentType: 'binary/octet-stream',
    ...Object.fromEntries(fields.map(([field, header]) => [field, headers[header]!])),
    ETag: etag,
    LastModified: iso(modifiedAt),
    Metadata: Object.fromEntries(meta.map(([name, value]) => [name.slice(META.length), value])),
    ...ENCRYPTED,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
