import { AwsEndpoint, type EndpointServices } from '../../../../local/endpoint/aws-endpoint.ts';
import { RuntimePages } from '../../../../local/endpoint/runtime-pages.ts';
import { EventsService } from '../../../../local/events/service.ts';
import { Callers } from '../../../../local/iam/callers.ts';
import { Policies, type PolicyDocument } from '../../../../local/iam/policies.ts';
import { RuntimeMeter } from '../../../../local/meter.ts';
import { SqsService } from '../../../../local/sqs/service.ts';
import { StatesService } from '../../../../local/states/service.ts';
import { type TestContext, testContext } from '../../../support/service-context.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';
import { fakeInvoker } from '../apigateway/served-api.ts';

export interface ServedEndpoint {
  readonly url: string;
  readonly ctx: TestContext;
  readonly sqs: SqsService;
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

/** The endpoint before real services in memory; DynamoDB answers every request with `{}`, the function `echo` with its event. */
export async function serveEndpoint(replaced: Partial<EndpointServices> = {}): Promise<ServedEndpoint> {
  const ctx = testContext(new VirtualClock());
  const endpoint = new AwsEndpoint(ctx);
  const url = await endpoint.listen();
  const callers = new Callers();
  callers.register('worker', 'arn:aws:iam::000000000000:role/worker-role');
  const policies = new Policies();
  const forwarded: string[] = [];
  const sqs = new SqsService(ctx, { queueUrl: (name) => `${url}/000000000000/${name}` });
  const states = new StatesService(ctx, { integrations: {}, random: () => 0, onStatusChange: () => {} });
  const meter = new RuntimeMeter();
  endpoint.serve({
    dynamoDb: {
      forward: async (target, request) => {
        forwarded.push(`${target} ${JSON.stringify(request)}`);
        return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{}' };
      },
    },
    states,
    sqs,
    callers,
    policies,
    events: new EventsService(ctx, async () => {}),
    lambda: fakeInvoker({
      echo: (event) => event,
      broken: () => {
        throw new TypeError('no');
      },
    }),
    pages: new RuntimePages(meter, () => ({ ApiUrl: 'http://api' })),
    ...replaced,
  });
  meter.count('sqs.requests', 'work', 3);
  return {
    url,
    ctx,
    sqs,
    states,
    forwarded,
    client: (as = 'operator') => ({
      endpoint: url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials:
        as === 'operator' ? { accessKeyId: 'operator', secretAccessKey: 'operator' } : callers.credentialsFor('worker'),
    }),
    grant: (Action, Resource) =>
      policies.attach('worker-role', { Statement: { Effect: 'Allow', Action, Resource } } satisfies PolicyDocument),
    async close() {
      states.close();
      await endpoint.close();
    },
  };
}
