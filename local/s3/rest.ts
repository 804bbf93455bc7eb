import { AwsError, type EndpointAnswer, type EndpointRequest } from '../contracts.ts';
import { present } from '../properties.ts';
import { headerOf } from '../request-header.ts';
import type { RestCall } from '../service.ts';
import { emptyAnswer, objectHeaders, xmlAnswer } from './answers.ts';
import { contentOf } from './content.ts';
import { listObjects } from './list.ts';
import type { Objects } from './objects.ts';

/** What a request is about. */
interface Called {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly request: EndpointRequest;
}

interface Operation {
  readonly name: string;
  readonly answer: (objects: Objects, called: Called) => EndpointAnswer;
}

/** A header with which a client says for whom a request is signed. */
const SCOPE = /Credential=[^/]+\/\d{8}\/[^/]+\/s3\/aws4_request/;
/** Query parameters that choose no other operation. */
const PLAIN_QUERY =
  /^(x-id|list-type|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|max-buckets)$/;
/** Headers that would have to change what an operation does. */
const UNKNOWN_HEADERS = ['range', 'if-match', 'if-none-match', 'if-modified-since', 'x-amz-copy-source'];
/** Headers of an object that S3 gives back to its readers. */
const KEPT_HEADERS = /^(content-(type|disposition|language|encoding)|cache-control|expires|x-amz-meta-.+)$/;

const SERVICE: Readonly<Record<string, Operation>> = {
  GET: {
    name: 'ListBuckets',
    answer: (objects) =>
      xmlAnswer('ListAllMyBucketsResult', {
        Buckets: {
          Bucket: objects
            .buckets()
            .map(({ name, createdAt }) => ({ Name: name, CreationDate: new Date(createdAt).toISOString() })),
        },
      }),
  },
};

const BUCKET: Readonly<Record<string, Operation>> = {
  GET: { name: 'ListObjectsV2', answer: (objects, { bucket, query }) => listObjects(objects, bucket, query) },
  HEAD: {
    name: 'HeadBucket',
    answer(objects, { bucket }) {
      objects.requireBucket(bucket);
      return emptyAnswer(200);
    },
  },
  PUT: {
    name: 'CreateBucket',
    answer(objects, { bucket }) {
      objects.create(bucket);
      return emptyAnswer(200, { location: `/${bucket}` });
    },
  },
  DELETE: {
    name: 'DeleteBucket',
    answer(objects, { bucket }) {
      objects.drop(bucket);
      return emptyAnswer(204);
    },
  },
};

const getObject = (objects: Objects, { bucket, key }: Called): EndpointAnswer => {
  const object = objects.get(bucket, key);
  return { status: 200, headers: objectHeaders(object), body: object.content };
};

const OBJECT: Readonly<Record<string, Operation>> = {
  GET: { name: 'GetObject', answer: getObject },
  // The server sends no body after the headers of a HEAD.
  HEAD: { name: 'HeadObject', answer: getObject },
  PUT: {
    name: 'PutObject',
    answer(objects, { bucket, key, request }) {
      return emptyAnswer(200, { etag: objects.put(bucket, key, contentOf(request), keptHeaders(request)) });
    },
  },
  DELETE: {
    name: 'DeleteObject',
    answer(objects, { bucket, key }) {
      objects.remove(bucket, key);
      return emptyAnswer(204);
    },
  },
};

/**
 * The call in a request that is signed for S3, with bucket and key in its path; undefined for requests of other services.
 * @throws AwsError `NotImplemented` for what this S3 does not have
 */
export function s3Call(request: EndpointRequest, objects: Objects): RestCall | undefined {
  if (!SCOPE.test(headerOf(request, 'authorization') ?? '')) return undefined;
  const [path = '', query = ''] = request.path.split(/\?(.*)/s);
  const [bucket = '', key = ''] = path
    .slice(1)
    .split(/\/(.*)/s)
    .map((part) => decodeURIComponent(part));
  const called = { bucket, key, query: new URLSearchParams(query), request };
  const operations = key !== '' ? OBJECT : bucket !== '' ? BUCKET : SERVICE;
  const operation = operations[request.method];
  return {
    operation: operation?.name ?? `${request.method} ${path}`,
    input: { Bucket: bucket, Key: key },
    answer: async () => {
      if (!operation) throw notThere(`${request.method} ${path}`);
      refuseUnknown(operation.name, called);
      return operation.answer(objects, called);
    },
  };
}

function refuseUnknown(operation: string, { query, request }: Called): void {
  const parameter = [...query.keys()].find((name) => !PLAIN_QUERY.test(name));
  if (parameter !== undefined) throw notThere(`?${parameter} of ${request.method}`);
  if (operation === 'ListObjectsV2' && query.get('list-type') !== '2') throw notThere('ListObjects, but ListObjectsV2');
  const header = UNKNOWN_HEADERS.find((name) => headerOf(request, name) !== undefined);
  if (header !== undefined) throw notThere(`the header ${header} of ${operation}`);
}

const keptHeaders = (request: EndpointRequest): Record<string, string> =>
  present(
    Object.fromEntries(
      Object.keys(request.headers)
        .filter((name) => KEPT_HEADERS.test(name))
        .map((name) => [name, withoutFrames(headerOf(request, name)) || undefined]),
    ),
  ) as Record<string, string>;

/** `aws-chunked` is how a request was sent, not how the object is encoded. */
const withoutFrames = (value: string | undefined): string | undefined => value?.replace(/^aws-chunked,?\s*/, '');

const notThere = (what: string): AwsError =>
  new AwsError(
    'NotImplemented',
    `The embedded S3 does not have ${what}. It creates, lists and deletes buckets, and puts, gets, lists and deletes objects.`,
    501,
  );
