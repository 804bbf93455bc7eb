import { afterAll, beforeAll } from 'vitest';
import { SHORT_WAITS } from '../../../launch/demo/short-waits.ts';
import { type Deployment, deploy } from '../../../launch/emulator/deployment.ts';
import { type Emulated, startEmulator } from './emulator.ts';
import { functionLogsAt } from './function-logs.ts';
import { TEST_CONFIGURATION } from './instance.ts';
import { clientsAt, type Running } from './running.ts';
import type { SuitePlatform } from './suite-platform.ts';

/** Where a function is a process that has to start, a compensation that goes well takes longer than the usual limit of tests. */
const PATIENT = {
  ...TEST_CONFIGURATION,
  recovery: { ...SHORT_WAITS.recovery, compensationLimitSeconds: 30 },
};

/** As `suitePlatform`, on an emulator of its own. */
export function emulatedPlatform(configuration: object = PATIENT): SuitePlatform {
  const warn = (text: string) => void process.stderr.write(`${text}\n`);
  let emulated: Emulated | undefined;
  let deployment: Deployment | undefined;
  let clients: ReturnType<typeof clientsAt> | undefined;
  let instance: Running | undefined;

  beforeAll(async () => {
    emulated = await startEmulator();
    const { emulator, folder } = emulated;
    const parameters = { ConfigurationOverrides: JSON.stringify(configuration) };
    deployment = await deploy({ emulator, folder, parameters, onProgress: () => {}, warn });
    clients = clientsAt(emulator.url);
    instance = runningOn(deployment, folder, clients);
  });

  afterAll(async () => {
    clients?.close();
    await deployment?.close();
    await emulated?.close();
  });

  return {
    get instance() {
      return instance!;
    },
    get embedded(): never {
      throw new Error('This is an emulator: a test of what only the embedded runtime has says so by `testWith`.');
    },
  };
}

const runningOn = ({ app, partners }: Deployment, dataDir: string, clients: ReturnType<typeof clientsAt>): Running => ({
  url: app.url,
  gatewayUrl: partners.gateway.url,
  carrierUrl: partners.carrier.url,
  alipayUrl: partners.channelUrls.alipay,
  wechatPayUrl: partners.channelUrls.wechatPay,
  bankUrl: partners.channelUrls.bank,
  issuerUrl: partners.issuerUrl,
  endpointUrl: app.endpointUrl,
  dataDir,
  outputs: async () => ({ ...app.outputs }),
  db: () => clients.db(),
  logs: () => functionLogsAt(app.endpointUrl),
});
