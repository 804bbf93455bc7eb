/** Boots a synthesized cloud assembly on this machine: the same templates, bundles, state machines, routes, rules and policies. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiGateway } from './apigateway/service.ts';
import { deploy } from './assembly/deploy.ts';
import { loadAssembly } from './assembly/load.ts';
import { systemClock } from './clock.ts';
import type { FunctionInvoker, JsonObject, ServiceContext } from './contracts.ts';
import { deliverTo } from './deliver.ts';
import { findJava } from './dynamodb/java.ts';
import { DynamoDbProcess } from './dynamodb/process.ts';
import { DynamoDbProxy } from './dynamodb/proxy.ts';
import { StreamEventSource } from './dynamodb/stream-event-source.ts';
import { TableProvider } from './dynamodb/table-provider.ts';
import { AwsEndpoint } from './endpoint/aws-endpoint.ts';
import { RuntimePages } from './endpoint/runtime-pages.ts';
import { SqsEventSource } from './event-sources/sqs-event-source.ts';
import { EventsService } from './events/service.ts';
import { Callers } from './iam/callers.ts';
import { Policies } from './iam/policies.ts';
import { functionArn } from './iam/request-permissions.ts';
import { LambdaService } from './lambda/service.ts';
import { RuntimeMeter } from './meter.ts';
import { IGNORED, makeResource } from './providers/registry.ts';
import { RestApis } from './providers/rest-apis.ts';
import type { Services } from './providers/provider.ts';
import { SqsService } from './sqs/service.ts';
import { lambdaInvoke } from './states/integrations/lambda-invoke.ts';
import { putEvents } from './states/integrations/put-events.ts';
import type { TaskIntegration } from './states/integration.ts';
import { StatesService } from './states/service.ts';
import { openStore } from './store.ts';

export interface BootOptions {
  /** The folder that `cdk synth` wrote. */
  readonly assemblyDir: string;
  /** Where everything is kept. @default in memory, gone at the end */
  readonly dataDir?: string;
  /** The port of the REST API on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** Values of the templates' parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where functions' logs go. @default a temporary folder */
  readonly logDir?: string;
  /** Told what a person should know. @default the console */
  readonly warn?: (message: string) => void;
  /** Told each part of the start before it begins. */
  readonly onProgress?: (step: string) => void;
}

/** An event as it passed a bus. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly detail: JsonObject;
}

export interface Runtime {
  /** Base URL of the REST API. */
  readonly url: string;
  /** The AWS endpoint, for SDK clients. */
  readonly endpointUrl: string;
  /** The stacks' outputs by name. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly meter: RuntimeMeter;
  readonly dynamoDb: DynamoDbProxy;
  /** Calls `listener` for each event on any bus. Returns what ends the subscription. */
  onEvent(listener: (event: BusEvent) => void): () => void;
  /** Stops everything it started; what is under way goes on at the next boot. */
  close(): Promise<void>;
}

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/**
 * @throws Error when the data folder or the port is in use, Java is missing, or the assembly needs what this runtime does
 * not have; whatever was started by then is stopped again
 */
export async function boot(options: BootOptions): Promise<Runtime> {
  const { assemblyDir, dataDir, port, parameters, onProgress = () => {}, warn = console.warn } = options;
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    // Without Java nothing else is worth starting.
    findJava();
    if (dataDir) mkdirSync(dataDir, { recursive: true });
    const stacks = loadAssembly(assemblyDir);
    const store = openStore(dataDir);
    closers.push(() => store.close());

    onProgress('starting DynamoDB Local');
    const process = await DynamoDbProcess.start({
      ...(dataDir ? { dir: path.join(dataDir, 'dynamodb') } : {}),
      onCrash: (output) => warn(`DynamoDB Local ended unexpectedly. Stop and start again; nothing acknowledged is lost. It said: ${output}`),
    });
    closers.push(() => process.close());

    const meter = new RuntimeMeter();
    const context: ServiceContext = { store, clock: systemClock, meter, newId: randomUUID, warn, region: REGION, account: ACCOUNT };
    const dynamoDb = new DynamoDbProxy(context, process.url);
    closers.push(() => dynamoDb.close());
    const endpoint = new AwsEndpoint(context);
    const endpointUrl = await endpoint.listen();
    closers.push(() => endpoint.close());

    const callers = new Callers();
    const policies = new Policies();
    const queueUrl = (name: string) => `${endpointUrl}/${ACCOUNT}/${name}`;
    const lambda = new LambdaService(context, {
      endpointUrl: () => endpointUrl,
      logDir: options.logDir ?? mkdtempSync(path.join(tmpdir(), 'runtime-logs-')),
      credentialsFor: (name) => callers.credentialsFor(name),
    });
    closers.push(() => lambda.close());
    const sqs = new SqsService(context, { queueUrl });
    closers.push(() => sqs.close());
    const deliver = deliverTo(sqs, lambda);
    const events = new EventsService(context, deliver);
    closers.push(() => events.close());
    const states = new StatesService(context, {
      integrations: integrations(lambda, events, policies, context),
      random: Math.random,
      onStatusChange: (detail) => publishStatus(events, detail, warn),
    });
    closers.push(() => states.close());
    const sqsSource = new SqsEventSource(context, { sqs, invoker: lambda });
    const streamSource = new StreamEventSource(context, { proxy: dynamoDb, invoker: lambda, deliver });
    closers.push(() => sqsSource.close(), () => streamSource.close());
    const apiGateway = new ApiGateway(context, { invoker: lambda });
    closers.push(() => apiGateway.close());

    const restApis = new RestApis();
    const waiting: (() => void)[] = [];
    const services: Services = {
      context, lambda, sqs, events, states, apiGateway, restApis, sqsSource, streamSource, policies, callers, queueUrl,
      tables: new TableProvider(context, dynamoDb),
      whenAllAreMade: (action) => waiting.push(action),
    };
    let outputs: Readonly<Record<string, string>> = {};
    endpoint.serve({ dynamoDb, states, events, sqs, lambda, callers, policies, pages: new RuntimePages(meter, () => outputs) });

    onProgress(`deploying ${stacks.map(({ name }) => name).join(' and ')}`);
    const ignored = new Set<string>();
    outputs = await deploy(stacks, {
      region: REGION,
      account: ACCOUNT,
      parameters,
      make: (resource) => {
        if (IGNORED.has(resource.type)) ignored.add(resource.type);
        return makeResource(resource, services);
      },
    });
    if (ignored.size > 0) onProgress(`not needed on one machine: ${[...ignored].sort().join(', ')}`);
    restApis.defineAll(apiGateway);

    for (const action of waiting) action();
    events.resume();
    states.resume();
    const { url } = await apiGateway.listen(port).catch((error: unknown) => {
      throw portError(error, port);
    });
    return {
      url, endpointUrl, outputs, meter, dynamoDb,
      onEvent: (listener) => events.subscribe((event) => listener({ source: event.source, detailType: event['detail-type'], time: event.time, detail: event.detail })),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What state machines can call here, each as their role allows. */
function integrations(lambda: FunctionInvoker, events: EventsService, policies: Policies, place: ServiceContext): Record<string, TaskIntegration> {
  const invoke = lambdaInvoke(lambda);
  const put = putEvents((entries) => events.putEvents(entries));
  const busArn = (name: unknown) => `arn:aws:events:${place.region}:${place.account}:event-bus/${typeof name === 'string' ? name.split('/').at(-1) : 'default'}`;
  return {
    'arn:aws:states:::lambda:invoke': async (args, context) => {
      policies.require(context.roleArn, { action: 'lambda:InvokeFunction', resource: functionArn(String((args as JsonObject).FunctionName), place) });
      return invoke(args, context);
    },
    'arn:aws:states:::events:putEvents': async (args, context) => {
      for (const { EventBusName } of (args as { Entries?: JsonObject[] }).Entries ?? []) {
        policies.require(context.roleArn, { action: 'events:PutEvents', resource: busArn(EventBusName) });
      }
      return put(args, context);
    },
  };
}

function publishStatus(events: EventsService, detail: JsonObject, warn: (message: string) => void): void {
  events.publishServiceEvent({ source: 'aws.states', detailType: 'Step Functions Execution Status Change', detail, resources: [String(detail.executionArn)] })
    .catch((error: unknown) => warn(`A status change of an execution was not published: ${String(error)}`));
}

function portError(error: unknown, port: number): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' && !/in use|taken/i.test(String(error))) return error;
  return new Error(`Port ${port} is in use. Set PORT to another one, or to 0 for a free one.`, { cause: error });
}
