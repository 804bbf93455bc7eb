import { AwsError, type EndpointAnswer } from '../contracts.ts';
import { present } from '../properties.ts';
import { listed, xmlAnswer } from './answers.ts';
import type { ObjectHead, Objects } from './objects.ts';

const MAX_KEYS = 1_000;

export interface Page {
  readonly objects: readonly ObjectHead[];
  /** What keys begin with up to the delimiter, once each. */
  readonly prefixes: readonly string[];
  /** The last key or prefix of the page, when more follow. */
  readonly next: string | undefined;
}

/** A page of a bucket's objects; those whose key has the delimiter after the prefix are told as one common prefix. */
export function pageOf(
  objects: Iterable<ObjectHead>,
  { prefix, delimiter, limit }: { readonly prefix: string; readonly delimiter: string; readonly limit: number },
): Page {
  const found: ObjectHead[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : object.key.slice(0, end + delimiter.length);
    if (common !== undefined && common === prefixes.at(-1)) {
      last = object.key;
      continue;
    }
    if (found.length + prefixes.length === limit) return { objects: found, prefixes, next: last };
    if (common === undefined) found.push(object);
    else prefixes.push(common);
    last = object.key;
  }
  return { objects: found, prefixes, next: undefined };
}

/** ListObjectsV2. Its continuation token is the last key of the page before, in Base64. */
export function listObjects(store: Objects, bucket: string, query: URLSearchParams): EndpointAnswer {
  const text = (name: string) => query.get(name) ?? '';
  const maxKeys = Number(query.get('max-keys') ?? MAX_KEYS);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new AwsError('InvalidArgument', `max-keys is ${text('max-keys')}; expected a whole number from 0.`);
  }
  const limit = Math.min(maxKeys, MAX_KEYS);
  const after = Buffer.from(text('continuation-token'), 'base64').toString() || text('start-after');
  const scope = { prefix: text('prefix'), delimiter: text('delimiter'), limit };
  const { objects, prefixes, next } = pageOf(store.list(bucket, scope.prefix, after), scope);
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (key: string) => key;
  const given = (name: string) => query.get(name) ?? undefined;
  return xmlAnswer('ListBucketResult', {
    Name: bucket,
    Prefix: encode(scope.prefix),
    MaxKeys: limit,
    KeyCount: objects.length + prefixes.length,
    IsTruncated: next !== undefined,
    Contents: objects.map((object) => listed(object, encode)),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
    ...present({
      Delimiter: given('delimiter'),
      EncodingType: given('encoding-type'),
      StartAfter: given('start-after'),
      ContinuationToken: given('continuation-token'),
      NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64'),
    }),
  });
}
