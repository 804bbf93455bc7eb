import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deploy } from './assembly/deploy.ts';
import { keepAssets, removeOtherAssets } from './assembly/keep-assets.ts';
import { loadAssembly } from './assembly/load.ts';
import type { Stack } from './assembly/template.ts';
import { changesOf, type StackChanges, update } from './assembly/update.ts';
import { systemClock } from './clock.ts';
import type { Clock, JsonObject, ServiceContext } from './contracts.ts';
import { DataFolder } from './data-folder.ts';
import type { DynamoDbService } from './dynamodb/service.ts';
import { AwsEndpoint } from './endpoint/aws-endpoint.ts';
import { runtimePages } from './endpoint/runtime-pages.ts';
import type { OnGrant } from './iam/service.ts';
import { RuntimeMeter } from './meter.ts';
import { RuntimeMetrics } from './metrics.ts';
import { patientClock } from './patient-clock.ts';
import { present } from './properties.ts';
import { ResourceRegistry } from './resource-registry.ts';
import { createServices } from './services.ts';
import { mailPage } from './ses/mail-pages.ts';
import { Shutdown } from './shutdown.ts';
import type { Notification } from './sns/service.ts';
import { openStore } from './store.ts';

export interface BootOptions {
  /** The folder that `cdk synth` wrote. Read at boot only: it may be synthesized again while the runtime runs. */
  readonly assemblyDir: string;
  /** The stacks to boot. @default all of the assembly */
  readonly stacks?: readonly Stack[];
  /** Where everything is kept, made when it is missing; or a folder that the caller holds and closes. @default in memory, gone at the end */
  readonly dataDir?: string | DataFolder;
  /** The port of the REST API on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The port of the AWS endpoint on 127.0.0.1. @default a free one */
  readonly endpointPort?: number;
  /** Values of the templates' parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Where functions' logs go. @default a temporary folder */
  readonly logDir?: string;
  /** What timers, schedules, deadlines and alarms go by; functions have the machine's. @default the machine's */
  readonly clock?: Clock;
  /** False: every request of a function passes through this thread, where `dynamoDb.onRequest` shows it. @default true */
  readonly shortcuts?: boolean;
  /** Is told of what roles are granted, and of each grant that allows something for the first time. */
  readonly onGrant?: OnGrant;
  /** Gets messages for the person that runs the app. @default Node's warnings */
  readonly warn?: (message: string) => void;
  /** Called, after the start, when the runtime cannot go on, with what to tell the person. @default ends the process by an uncaught error */
  readonly fail?: (reason: Error) => void;
  /** Gets the name of each part of the start before it begins. */
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
  readonly dynamoDb: DynamoDbService['proxy'];
  /** The stacks that are deployed, with assets that stay when the assembly goes. */
  stacks(): readonly Stack[];
  /**
   * Takes the place of the deployed stacks where that is possible while they are in use: new invocations and executions get what is new, and
   * those under way end on what they began with.
   * When something needs a start, nothing is changed.
   * @throws Error saying which resource cannot be changed, and why
   */
  update(stacks: readonly Stack[]): Promise<StackChanges>;
  /** Calls `listener` for each event on any bus. Returns what ends the subscription. */
  onEvent(listener: (event: BusEvent) => void): () => void;
  /** Calls `listener` for each notification of any topic. Returns what ends the subscription. */
  onNotification(listener: (notification: Notification) => void): () => void;
  /** Stops everything it started; what is under way goes on at the next boot. */
  close(): Promise<void>;
}

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/**
 * Boots a synthesized cloud assembly on this machine: the same templates, bundles, state machines, routes, rules and policies.
 * @throws Error when the data folder or the port is in use, Java is missing, or the assembly needs what this runtime does
 * not have; whatever was started by then is stopped again
 */
export async function boot(options: BootOptions): Promise<Runtime> {
  const warn = options.warn ?? ((message) => process.emitWarning(message));
  const shutdown = new Shutdown(warn);
  try {
    return await start({ ...options, warn }, shutdown);
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function start(
  options: BootOptions & { readonly warn: (message: string) => void },
  shutdown: Shutdown,
): Promise<Runtime> {
  const { assemblyDir, port, parameters, logDir, warn, fail = endProcess, onProgress = () => {} } = options;
  const synthesized = options.stacks ?? loadAssembly(assemblyDir);
  const folder = typeof options.dataDir === 'string' ? shutdown.add(new DataFolder(options.dataDir)) : options.dataDir;
  const dataDir = folder?.path;
  const store = folder?.store ?? shutdown.add(openStore(undefined));
  const assetDir = dataDir === undefined ? temporaryFolder(shutdown) : path.join(dataDir, 'assembly');
  let stacks = keepAssets(synthesized, assetDir);
  const meter = new RuntimeMeter();
  const clock = patientClock(options.clock ?? systemClock, warn);
  const metrics = new RuntimeMetrics(clock);
  const context: ServiceContext = {
    store,
    clock,
    meter,
    metrics,
    newId: randomUUID,
    warn,
    region: REGION,
    account: ACCOUNT,
  };
  const endpoint = shutdown.add(new AwsEndpoint(context));
  const endpointUrl = await endpoint.listen(options.endpointPort);
  const services = createServices(context, {
    metrics,
    endpointUrl,
    callEndpoint: (request) => endpoint.answer(request),
    logDir: logDir ?? mkdtempSync(path.join(tmpdir(), 'runtime-logs-')),
    ...present({ dataDir, shortcuts: options.shortcuts, onGrant: options.onGrant }),
    onProgress,
    fail,
  });
  for (const service of services.all) {
    meter.declare(service.meters ?? []);
    shutdown.add(service);
  }
  for (const service of services.all) await service.start?.();
  const outputs: Record<string, string> = {};
  endpoint.serve({
    services: services.all,
    iam: services.iam,
    pages: runtimePages({
      meter,
      outputs,
      notifications: () => services.sns.notifications(),
      mails: (path) => mailPage(services.ses.mails, path),
      grants: () => services.iam.grants(),
      metrics: () => metrics.totals(),
    }),
  });

  onProgress(`deploying ${stacks.map(({ name }) => name).join(' and ')}`);
  const registry = new ResourceRegistry(services.all);
  const make = registry.make.bind(registry);
  const deployed = await deploy(stacks, { ...context, parameters, make });
  Object.assign(outputs, deployed.outputs);
  if (registry.leftOut.size > 0) onProgress(`not needed on one machine: ${[...registry.leftOut].sort().join(', ')}`);

  // Before interrupted work is resumed: a start that fails here has changed nothing.
  const { url } = await services.apiGateway.listen(port).catch((error: unknown) => {
    throw portError(error, port);
  });
  for (const service of services.all) service.resume?.();
  removeOtherAssets(stacks, assetDir);
  return {
    url,
    endpointUrl,
    outputs,
    meter,
    dynamoDb: services.dynamoDb.proxy,
    stacks: () => stacks,
    async update(wanted) {
      const changes = changesOf(stacks, wanted, (type) => registry.canUpdate(type));
      if (changes.beyond.length > 0) return changes;
      const kept = keepAssets(wanted, assetDir);
      await update(deployed, kept, changes, registry.update.bind(registry));
      stacks = kept;
      return changes;
    },
    onEvent: (listener) =>
      services.events.subscribe(({ source, 'detail-type': detailType, time, detail }) =>
        listener({ source, detailType, time, detail }),
      ),
    onNotification: (listener) => services.sns.subscribe(listener),
    close: () => shutdown.run(),
  };
}

function endProcess(reason: Error): void {
  queueMicrotask(() => {
    throw reason;
  });
}

function temporaryFolder(shutdown: Shutdown): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'runtime-'));
  shutdown.add({ close: () => rmSync(dir, { recursive: true }) });
  return dir;
}

function portError(error: unknown, port: number): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return new Error(`Port ${port} is in use. Set PORT to another one, or to 0 for a free one.`, { cause: error });
}
