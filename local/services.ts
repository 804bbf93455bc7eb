import { ApiGatewayService } from './apigateway/service.ts';
import { CdkService } from './cdk/service.ts';
import { CloudWatchService } from './cloudwatch/service.ts';
import type { EndpointAnswer, EndpointRequest, ServiceContext } from './contracts.ts';
import { deliverTo, deliveryPermissions, receiverOf } from './deliver.ts';
import { type DynamoDbOptions, DynamoDbService } from './dynamodb/service.ts';
import { EventSourcesService } from './event-sources/service.ts';
import { EventsService } from './events/service.ts';
import { IamService, type OnGrant } from './iam/service.ts';
import { LambdaService } from './lambda/service.ts';
import { LogsService } from './logs/service.ts';
import type { RuntimeMetrics } from './metrics.ts';
import { textOf } from './properties.ts';
import { S3Service } from './s3/service.ts';
import { SecretsManagerService } from './secretsmanager/service.ts';
import type { Service } from './service.ts';
import { SesService } from './ses/service.ts';
import { SnsService } from './sns/service.ts';
import { SqsService } from './sqs/service.ts';
import { SsmService } from './ssm/service.ts';
import { guardedIntegrations } from './states/integrations/guarded.ts';
import { guardedAccess } from './states/map-runs/access.ts';
import { StatesService } from './states/service.ts';

export interface ServicesOptions extends DynamoDbOptions {
  /** What all services measure. */
  readonly metrics: RuntimeMetrics;
  /** The AWS endpoint, which functions find in AWS_ENDPOINT_URL. */
  readonly endpointUrl: string;
  readonly callEndpoint: (request: EndpointRequest) => Promise<EndpointAnswer>;
  readonly logDir: string;
  /** False: every request of a function passes through this thread, where `onRequest` of the proxy shows it. @default true */
  readonly shortcuts?: boolean;
  /** Is told of what roles are granted, and of what they use. */
  readonly onGrant?: OnGrant;
}

/** Every service, and those among them that the runtime itself uses. */
export interface Services {
  readonly all: readonly Service[];
  readonly apiGateway: ApiGatewayService;
  readonly dynamoDb: DynamoDbService;
  readonly events: EventsService;
  readonly iam: IamService;
  readonly ses: SesService;
  readonly sns: SnsService;
}

/**
 * The list of services, each made with those that it calls. They start and go on in this order, and stop in reverse:
 * first what brings work in, last what work needs.
 */
export function createServices(context: ServiceContext, options: ServicesOptions): Services {
  const all: Service[] = [];
  const add = <Added extends Service>(service: Added): Added => {
    all.push(service);
    return service;
  };
  add(new CdkService());
  const sns = add(new SnsService(context));
  const ses = add(new SesService(context, options));
  add(
    new CloudWatchService(context, {
      metrics: options.metrics,
      gauges: () => all.flatMap((service) => service.gauges?.() ?? []),
      notify: (topicArn, subject, message) => sns.publish(topicArn, subject, message),
    }),
  );
  const logs = add(new LogsService(context));
  const dynamoDb = add(new DynamoDbService(context, options));
  const iam = add(new IamService(context, options.onGrant));
  // Services that come later receive as well.
  const deliver = deliverTo(all);
  const lambda = add(
    new LambdaService(context, {
      ...options,
      iam,
      deliver,
      onLog: (text) => logs.ingest(text),
      ...(options.shortcuts !== false && { shortcut: () => dynamoDb.shortcut() }),
    }),
  );
  add(new SecretsManagerService(context, { ...options, invoker: lambda }));
  const s3 = add(new S3Service(context));
  const sqs = add(new SqsService(context, options));
  const events = add(
    new EventsService(context, {
      checkTarget: (arn) => void receiverOf(all, arn),
      deliver: async (arn, content, roleArn, attributes) => {
        if (roleArn !== null) iam.authoriseRole(roleArn, 'events', deliveryPermissions(arn));
        await deliver(arn, content, attributes);
      },
    }),
  );
  const publish = (event: Parameters<EventsService['publishServiceEvent']>[0]): void =>
    void events
      .publishServiceEvent(event)
      .catch((error: unknown) => context.warn(`An event of ${event.source} was not published: ${String(error)}`));
  add(
    new SsmService(context, {
      ...options,
      onChange: (arn, detail) =>
        publish({ source: 'aws.ssm', detailType: 'Parameter Store Change', detail, resources: [arn] }),
    }),
  );
  add(
    new StatesService(context, {
      integrations: guardedIntegrations({ services: all, lambda, iam }),
      access: guardedAccess({ s3, iam }),
      random: Math.random,
      onStatusChange: (detail) =>
        publish({
          source: 'aws.states',
          detailType: 'Step Functions Execution Status Change',
          detail,
          resources: [textOf(detail.executionArn)],
        }),
    }),
  );
  add(new EventSourcesService(context, { sources: [sqs, dynamoDb], invoker: lambda, deliver, iam }));
  const apiGateway = add(new ApiGatewayService(context, { invoker: lambda }));
  return { all, apiGateway, dynamoDb, events, iam, ses, sns };
}
