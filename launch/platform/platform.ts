/** The whole platform on one machine: the synthesized app on the embedded runtime, with its simulated partners. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from '../../local/assembly/template.ts';
import { type BootOptions, boot, type Runtime } from '../../local/boot.ts';
import { DataFolder } from '../../local/data-folder.ts';
import { DEMO_PARAMETERS } from '../demo/parameters.ts';
import { seedCatalogue } from '../demo/seed.ts';
import { PROJECT_ROOT } from '../project-root.ts';
import { grantRecord } from './grant-record.ts';
import { deregisterInstances, registerInstances } from './partner-instances.ts';
import { startPartners } from './partners.ts';
import type { ChannelUrls } from './payment-channels.ts';

export interface PlatformOptions {
  /** The folder for all data; without one the data is in memory only. */
  readonly dataDir?: string;
  /** Port of the API on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly logDir: string;
  /** The cloud assembly to boot. @default `cdk.out` */
  readonly assemblyDir?: string;
  /** Parameters of the app, beside those that this platform sets itself. @default the stacks' own defaults */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Base URLs of partners that run already. @default simulated ones that this platform starts and ends */
  readonly partnerUrls?: { readonly gateway?: string | undefined; readonly carrier?: string | undefined };
  /** How many instances the simulated gateway and the carrier have; more than one are registered. @default 1 */
  readonly partnerInstances?: number;
  /** Whether Alipay, WeChat Pay and the bank are simulated, too. @default false */
  readonly channels?: boolean;
  /** As the runtime's option of this name. @default true */
  readonly shortcuts?: boolean;
  /** Called with a short text before each part of the start. */
  readonly onProgress?: (step: string) => void;
  /** Called with warnings for a person. @default console.warn */
  readonly warn?: (message: string) => void;
  /** Called when the platform cannot go on, with what to tell the person. @default ends the process by an uncaught error */
  readonly fail?: (reason: Error) => void;
}

export interface Platform {
  /** The one that runs now: `restart` starts another. */
  readonly runtime: Runtime;
  readonly gatewayUrl: string;
  readonly carrierUrl: string;
  /** Of the simulated Alipay, WeChat Pay and bank. */
  readonly channelUrls: ChannelUrls;
  /** Base URL of the simulated identity provider. */
  readonly issuerUrl: string;
  /** Ends the runtime, and starts one for these stacks with the same data, at the same addresses. @throws Error as `boot` does */
  restart(stacks: readonly Stack[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts partners and runtime and seeds the demo catalogue; expects a synthesized assembly. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const {
    dataDir,
    port,
    logDir,
    assemblyDir = path.join(PROJECT_ROOT, 'cdk.out'),
    partnerUrls = {},
    partnerInstances = 1,
    onProgress = () => {},
    warn = console.warn,
  } = options;
  // First of all: what another process holds is not touched, neither the partners' data nor their logs.
  const folder = dataDir === undefined ? undefined : new DataFolder(dataDir);
  mkdirSync(logDir, { recursive: true });

  onProgress('starting the simulated payment gateway, carrier and identity provider');
  const partners = await startPartners({
    dataDir,
    logDir,
    running: partnerUrls,
    instances: partnerInstances,
    channels: options.channels,
    warn,
  }).catch((error: unknown) => {
    folder?.close();
    throw error;
  });
  const closePartners = async () => {
    await partners.close();
    folder?.close();
  };

  try {
    const bootOptions: BootOptions = {
      assemblyDir,
      ...(folder ? { dataDir: folder } : {}),
      port,
      parameters: {
        ...DEMO_PARAMETERS,
        ...options.parameters,
        ...partners.parameters,
      },
      logDir,
      warn,
      onProgress,
      ...grantRecord(process.env),
      ...(options.shortcuts !== undefined && { shortcuts: options.shortcuts }),
      ...(options.fail && { fail: options.fail }),
    };
    const startRuntime = async (changes: Partial<BootOptions> = {}): Promise<Runtime> => {
      const started = await boot({ ...bootOptions, ...changes });
      await partners.introduceTo(started);
      onProgress('seeding the demo catalogue');
      await seedCatalogue(started);
      return started;
    };
    let runtime = await startRuntime();
    const registered = partnerInstances > 1;
    const { gateway, carrier, issuerUrl, channelUrls } = partners;
    const caller = { url: runtime.url, issuerUrl };
    if (registered) await registerInstances(caller, { 'payment-gateway': gateway.urls, carrier: carrier.urls });
    return {
      get runtime() {
        return runtime;
      },
      gatewayUrl: gateway.url,
      carrierUrl: carrier.url,
      channelUrls,
      issuerUrl,
      async restart(stacks) {
        const [port, endpointPort] = [runtime.url, runtime.endpointUrl].map((url) => Number(new URL(url).port));
        await runtime.close();
        runtime = await startRuntime({ stacks, port: port!, endpointPort: endpointPort! });
      },
      async close() {
        if (registered) await deregisterInstances(caller);
        await runtime.close();
        await closePartners();
      },
    };
  } catch (error) {
    await closePartners();
    throw error;
  }
}
