import type { AwsError, EndpointAnswer, EndpointRequest, JsonObject, ServiceContext } from '../contracts.ts';
import { type OperationsApi, operationsApi } from '../operations.ts';
import { filledText } from '../properties.ts';
import { ignored, physicalName, type ResourceTypes, refuseProperties } from '../resource.ts';
import type { Permission, RestCall, Service } from '../service.ts';
import { errorAnswer } from './answers.ts';
import { type ObjectHead, Objects, type StoredObject } from './objects.ts';
import { s3Operations } from './operations.ts';
import { s3Call } from './rest.ts';

/** What an operation needs to be allowed, where that is not its own name. */
const ACTIONS: Readonly<Record<string, string>> = {
  ListBuckets: 'ListAllMyBuckets',
  ListObjectsV2: 'ListBucket',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
};

/** Properties of a bucket that would change what the app does. */
const REFUSED = [
  'LifecycleConfiguration',
  'NotificationConfiguration',
  'ObjectLockEnabled',
  'ReplicationConfiguration',
  'VersioningConfiguration',
  'WebsiteConfiguration',
];

/** S3, as deep as state machines need it that read their items from an object or write their results to one: objects that are text. */
export class S3Service implements Service {
  readonly name = 's3';
  readonly meters = ['s3.requests'];
  readonly resources: ResourceTypes = {
    'AWS::S3::Bucket': (resource) => {
      refuseProperties(resource, REFUSED);
      const name = physicalName(resource, resource.properties.BucketName).toLowerCase();
      this.#objects.create(name);
      const attributes = { Arn: bucketArn(name), DomainName: `${name}.s3.amazonaws.com` };
      return {
        ref: name,
        attributes: { ...attributes, RegionalDomainName: `${name}.s3.${this.#region}.amazonaws.com` },
      };
    },
    'AWS::S3::BucketPolicy': ignored,
  };
  readonly operations: readonly string[];
  readonly #api: OperationsApi;
  readonly #context: ServiceContext;
  readonly #objects: Objects;
  readonly #region: string;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#region = context.region;
    this.#objects = new Objects(context.store, context.clock);
    this.#api = operationsApi(s3Operations(this.#objects), 'S3');
    this.operations = this.#api.operations;
  }

  /** S3's API is REST; this is for callers inside the runtime. */
  handle(operation: string, input: JsonObject): Promise<JsonObject> {
    this.#count(input);
    return this.#api.handle(operation, input);
  }

  rest(request: EndpointRequest): RestCall | undefined {
    const call = s3Call(request, this.#objects);
    return call && { ...call, answer: () => this.#metered(call) };
  }

  restError(error: AwsError): EndpointAnswer {
    return errorAnswer(error);
  }

  permissions(operation: string, { Bucket, Key }: JsonObject): Permission[] {
    const action = `s3:${ACTIONS[operation] ?? operation}`;
    const [bucket, key] = [filledText(Bucket), filledText(Key)];
    if (bucket === undefined) return [{ action, resource: '*' }];
    return [{ action, resource: `${bucketArn(bucket)}${key === undefined ? '' : `/${key}`}` }];
  }

  /** @throws AwsError `NoSuchBucket`, `NoSuchKey` */
  getObject(bucket: string, key: string): StoredObject {
    return this.#objects.get(bucket, key);
  }

  /** @throws AwsError `NoSuchBucket` */
  listObjects(bucket: string, prefix: string): ObjectHead[] {
    return [...this.#objects.list(bucket, prefix)];
  }

  /** @throws AwsError `NoSuchBucket` */
  putObject(bucket: string, key: string, content: string, contentType: string): void {
    this.#objects.put(bucket, key, content, { 'content-type': contentType });
  }

  #metered({ input, answer }: RestCall): Promise<EndpointAnswer> {
    this.#count(input);
    return answer();
  }

  #count({ Bucket }: JsonObject): void {
    this.#context.meter.count('s3.requests', filledText(Bucket) ?? '*');
  }
}

const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
