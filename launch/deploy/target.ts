/** Where a stage is deployed: AWS, or an emulator of it. */
import type { EmulatorName } from '../../lib/emulator/emulator-of.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { emulatedApiUrl, emulatorUrlIn, runningEmulator } from '../emulator/emulator.ts';
import { type Cdk, cdkOn, cdkOnAws } from '../tools/cdk.ts';
import type { ClientConfig } from './preflight/aws-account.ts';

export interface Target {
  readonly cdk: Cdk;
  readonly clientConfig: ClientConfig;
  /** @default AWS */
  readonly emulator?: EmulatorName;
  /** The address of the deployed API, without `/api/v1`. @param output the stack's output `ApiUrl` */
  apiUrl(output: string): string;
}

/** @param region of the stage @throws Error when nothing answers at AWS_ENDPOINT_URL */
export async function targetIn(environment: NodeJS.ProcessEnv, region: string | undefined): Promise<Target> {
  if (environment.AWS_ENDPOINT_URL === undefined) {
    return {
      cdk: cdkOnAws(region),
      clientConfig: region === undefined ? {} : { region },
      apiUrl: (output) => output.replace(/\/$/, ''),
    };
  }
  const { url, name } = await runningEmulator(emulatorUrlIn(environment));
  return {
    cdk: cdkOn(url),
    clientConfig: operatorClientConfig(url),
    emulator: name,
    apiUrl: (output) => emulatedApiUrl(url, output),
  };
}
