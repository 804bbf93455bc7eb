import { AwsError, type EndpointAnswer } from '../contracts.ts';
import { present } from '../properties.ts';
import { listed, xmlAnswer } from './answers.ts';
import type { ObjectHead, Objects } from './objects.ts';
import type { Elements } from './xml.ts';

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

/** Fields of a ListObjectsV2 request; `MaxKeys` may be text. */
export interface ListRequest {
  readonly Bucket: string;
  readonly Prefix?: unknown;
  readonly Delimiter?: unknown;
  readonly MaxKeys?: unknown;
  readonly ContinuationToken?: unknown;
  readonly StartAfter?: unknown;
}

/**
 * The page of a bucket's objects that a request asks for. Its continuation token is the last key of the page before, in Base64.
 * @param encode how keys and prefixes are written
 */
export function listedPage(
  store: Objects,
  { Bucket, MaxKeys: asked, ...request }: ListRequest,
  encode: (key: string) => string = (key) => key,
): Elements {
  const { Prefix = '', Delimiter, ContinuationToken, StartAfter } = request as Readonly<Record<string, string>>;
  const maxKeys = Number(asked ?? MAX_KEYS);
  if (!Number.isInteger(maxKeys) || maxKeys < 0) {
    throw new AwsError('InvalidArgument', `max-keys is ${String(asked)}; expected a whole number from 0.`);
  }
  const limit = Math.min(maxKeys, MAX_KEYS);
  const after = Buffer.from(ContinuationToken ?? '', 'base64').toString() || (StartAfter ?? '');
  const scope = { prefix: Prefix, delimiter: Delimiter ?? '', limit };
  const { objects, prefixes, next } = pageOf(store.list(Bucket, Prefix, after), scope);
  return {
    Name: Bucket,
    Prefix: encode(Prefix),
    MaxKeys: limit,
    KeyCount: objects.length + prefixes.length,
    IsTruncated: next !== undefined,
    Contents: objects.map((object) => listed(object, encode)),
    CommonPrefixes: prefixes.map((common) => ({ Prefix: encode(common) })),
    ...present({
      Delimiter,
      StartAfter,
      ContinuationToken,
      NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64'),
    }),
  };
}

/** ListObjectsV2 over HTTP. */
export function listObjects(store: Objects, bucket: string, query: URLSearchParams): EndpointAnswer {
  const given = (name: string) => query.get(name) ?? undefined;
  const EncodingType = given('encoding-type');
  const request = present({
    Prefix: given('prefix'),
    Delimiter: given('delimiter'),
    MaxKeys: given('max-keys'),
    ContinuationToken: given('continuation-token'),
    StartAfter: given('start-after'),
  });
  const page = listedPage(
    store,
    { Bucket: bucket, ...request },
    EncodingType === 'url' ? encodeURIComponent : undefined,
  );
  return xmlAnswer('ListBucketResult', { ...page, ...present({ EncodingType }) });
}
