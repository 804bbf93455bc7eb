import { tmpdir } from 'node:os';
import type { JsonObject } from '../../../../local/contracts.ts';
import { DynamoDbService } from '../../../../local/dynamodb/service.ts';
import { AwsEndpoint } from '../../../../local/endpoint/aws-endpoint.ts';
import { runtimePages } from '../../../../local/endpoint/runtime-pages.ts';
import { EventsService } from '../../../../local/events/service.ts';
import { IamService } from '../../../../local/iam/service.ts';
import { LambdaService } from '../../../../local/lambda/service.ts';
import { RuntimeMeter } from '../../../../local/meter.ts';
import { S3Service } from '../../../../local/s3/service.ts';
import type { Service } from '../../../../local/service.ts';
import { SqsService } from '../../../../local/sqs/service.ts';
import type { StandardQueues } from '../../../../local/sqs/standard-queues.ts';
import { guardedAccess } from '../../../../local/states/map-runs/access.ts';
import { StatesService } from '../../../../local/states/service.ts';
import { type TestContext, testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';
import { grant } from '../iam/grant.ts';

export interface ServedEndpoint {
  readonly url: string;
  readonly ctx: TestContext;
  readonly sqs: StandardQueues;
  readonly states: StatesService;
  /** The bodies that went on to DynamoDB. */
  readonly forwarded: string[];
  /** What an SDK client needs, as the operator or as the function `worker`. */
  client(as?: 'operator' | 'worker'): {
    endpoint: string;
    region: string;
    maxAttempts: number;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  /** Allows the function `worker` something. */
  grant(Action: string, Resource: string): void;
  close(): Promise<void>;
}

/** DynamoDB that answers every request with `{}`. */
function emptyDynamoDb(ctx: TestContext, forwarded: string[]): DynamoDbService {
  const dynamoDb = new DynamoDbService(ctx, { onProgress: () => {}, fail: () => {} });
  const taking = (api: string) => async (operation: string, input: JsonObject) => {
    forwarded.push(`${api}.${operation} ${JSON.stringify(input)}`);
    return {};
  };
  const proxy = { tableCommand: taking('DynamoDB_20120810'), streamCommand: taking('DynamoDBStreams_20120810') };
  return Object.defineProperty(dynamoDb, 'proxy', { value: proxy });
}

/** Lambda with the function `echo`, which answers its event, and `broken`, which fails. */
function twoFunctions(ctx: TestContext, iam: IamService, endpointUrl: string): LambdaService {
  const lambda = new LambdaService(ctx, { endpointUrl, iam, logDir: tmpdir(), deliver: async () => {} });
  const invoker = fakeInvoker({
    echo: (event) => event,
    broken: () => {
      throw new TypeError('no');
    },
  });
  return Object.assign(lambda, { invoke: invoker.invoke.bind(invoker) });
}

/** The endpoint before real services in memory. */
export async function serveEndpoint(replaced?: Service): Promise<ServedEndpoint> {
  const ctx = testContext(new VirtualClock());
  const endpoint = new AwsEndpoint(ctx);
  const url = await endpoint.listen();
  const iam = new IamService(ctx);
  iam.addFunction('worker', 'arn:aws:iam::000000000000:role/worker-role');
  const forwarded: string[] = [];
  const sqs = new SqsService(ctx, { endpointUrl: url });
  const s3 = new S3Service(ctx);
  const states = new StatesService(ctx, {
    access: guardedAccess({ s3, iam: { authoriseRole() {} } }),
    integrations: () => undefined,
    random: () => 0,
    onStatusChange: () => {},
  });
  const services: Service[] = [
    emptyDynamoDb(ctx, forwarded),
    states,
    sqs,
    s3,
    new EventsService(ctx, { checkTarget: () => {}, deliver: async () => {} }),
    twoFunctions(ctx, iam, url),
  ];
  const meter = new RuntimeMeter();
  meter.declare(['sqs.requests']);
  endpoint.serve({
    services: services.map((service) => (service.name === replaced?.name ? replaced : service)),
    iam,
    pages: runtimePages({
      metrics: () => [{ namespace: 'AWS/SQS', name: 'Sent', dimensions: {}, sum: 3, count: 2, last: 1 }],
      meter,
      outputs: { ApiUrl: 'http://api' },
      notifications: () => [{ subject: 'ALARM' }],
      mails: () => undefined,
      grants: () => [{ action: 'sqs:SendMessage', used: false }],
    }),
  });
  meter.count('sqs.requests', 'work', 3);
  return {
    url,
    ctx,
    sqs: sqs.queues,
    states,
    forwarded,
    client: (as = 'operator') => ({
      endpoint: url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials:
        as === 'operator' ? { accessKeyId: 'operator', secretAccessKey: 'operator' } : iam.credentialsFor('worker'),
    }),
    grant: (Action, Resource) => grant(iam, 'worker-role', Action, Resource),
    async close() {
      states.close();
      await endpoint.close();
    },
  };
}
