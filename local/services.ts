import { ApiGateway } from './apigateway/service.ts';
import type { JsonObject, ServiceContext } from './contracts.ts';
import { deliverTo } from './deliver.ts';
import { DynamoDbProxy } from './dynamodb/proxy.ts';
import { StreamEventSource } from './dynamodb/stream-event-source.ts';
import { TableProvider } from './dynamodb/table-provider.ts';
import { AwsEndpoint } from './endpoint/aws-endpoint.ts';
import { RuntimePages } from './endpoint/runtime-pages.ts';
import { SqsEventSource } from './event-sources/sqs-event-source.ts';
import { EventsService } from './events/service.ts';
import { Callers } from './iam/callers.ts';
import { guardedIntegrations } from './iam/guarded-integrations.ts';
import { Policies } from './iam/policies.ts';
import { textOf } from './json-text.ts';
import { LambdaService } from './lambda/service.ts';
import type { RuntimeMeter } from './meter.ts';
import type { Services } from './providers/provider.ts';
import { RestApis } from './providers/rest-apis.ts';
import type { Shutdown } from './shutdown.ts';
import { SqsService } from './sqs/service.ts';
import { StatesService } from './states/service.ts';

export interface Surroundings {
  readonly dynamoDbUrl: string;
  readonly logDir: string;
  readonly meter: RuntimeMeter;
  /** The stacks' outputs, filled in later. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly shutdown: Shutdown;
}

/**
 * Makes every service, each with those it calls, and starts the endpoint in front of them. They have no resources yet.
 * At the end they stop in reverse: first what brings work in, last what work needs.
 */
export async function startServices(
  context: ServiceContext,
  { dynamoDbUrl, logDir, meter, outputs, shutdown }: Surroundings,
) {
  const dynamoDb = shutdown.add(new DynamoDbProxy(context, dynamoDbUrl));
  const endpoint = shutdown.add(new AwsEndpoint(context));
  const endpointUrl = await endpoint.listen();
  const queueUrl = (name: string) => `${endpointUrl}/${context.account}/${name}`;

  const callers = new Callers();
  const policies = new Policies();
  const lambda = shutdown.add(
    new LambdaService(context, {
      endpointUrl: () => endpointUrl,
      callEndpoint: (request) => endpoint.answer(request),
      logDir,
      credentialsFor: (functionName) => callers.credentialsFor(functionName),
    }),
  );
  const sqs = shutdown.add(new SqsService(context, { queueUrl }));
  const deliver = deliverTo(sqs, lambda);
  const events = shutdown.add(new EventsService(context, deliver));
  const states = shutdown.add(
    new StatesService(context, {
      integrations: guardedIntegrations(
        { invoker: lambda, putEvents: (entries) => events.putEvents(entries) },
        policies,
        context,
      ),
      random: Math.random,
      onStatusChange: (detail) => publishStatus(events, detail, context.warn),
    }),
  );
  const streamSource = shutdown.add(new StreamEventSource(context, { proxy: dynamoDb, invoker: lambda, deliver }));
  const sqsSource = shutdown.add(new SqsEventSource(context, { sqs, invoker: lambda }));
  const apiGateway = shutdown.add(new ApiGateway(context, { invoker: lambda }));

  const services: Services = {
    context,
    lambda,
    sqs,
    events,
    states,
    streamSource,
    sqsSource,
    apiGateway,
    callers,
    policies,
    queueUrl,
    tables: new TableProvider(context, dynamoDb),
    restApis: new RestApis(),
    onceMade: [],
  };
  endpoint.serve({
    dynamoDb,
    states,
    events,
    sqs,
    lambda,
    callers,
    policies,
    pages: new RuntimePages(meter, () => outputs),
  });
  return { services, endpointUrl, dynamoDb };
}

function publishStatus(events: EventsService, detail: JsonObject, warn: (message: string) => void): void {
  const event = {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    detail,
    resources: [textOf(detail.executionArn)],
  };
  events
    .publishServiceEvent(event)
    .catch((error: unknown) => warn(`A status change of an execution was not published: ${String(error)}`));
}
