/** The app on an emulator of AWS, deployed by CDK, beside simulated partners of this machine. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emulatedSynthesis } from '../../lib/emulator/synthesis.ts';
import { parseFile } from '../../local/storage-failure.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { DEMO_PARAMETERS } from '../demo/parameters.ts';
import { seedCatalogue } from '../demo/seed.ts';
import { AwsAccount } from '../deploy/preflight/aws-account.ts';
import { type DeployedApp, type PartnerPorts, type Partners, startPartners } from '../platform/partners.ts';
import { buildApp } from '../tools/build.ts';
import { cdkOn, stacksIn } from '../tools/cdk.ts';
import { type Emulator, emulatedApiUrl } from './emulator.ts';

export interface DeploymentOptions {
  readonly emulator: Emulator;
  /** For the partners' data, their logs and their ports. A partner keeps its port, so that a second deployment changes nothing. */
  readonly folder: string;
  /** Parameters of the app, beside those of the demo shop and of its partners. @default the stacks' own defaults */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly onProgress: (step: string) => void;
  readonly warn: (message: string) => void;
}

export interface Deployment {
  readonly app: DeployedApp;
  readonly partners: Partners;
  /** Ends the partners that it has started; the app stays on the emulator. */
  close(): Promise<void>;
}

/** Starts partners, or joins those of a deployment that goes on, deploys every stack, and seeds the demo catalogue. Safe to repeat. @throws Error in CDK's words */
export async function deploy(options: DeploymentOptions): Promise<Deployment> {
  const { emulator, folder, onProgress, warn } = options;
  const logDir = path.join(folder, 'logs');
  mkdirSync(logDir, { recursive: true });
  await buildApp(onProgress, { emulator: emulator.name });
  onProgress('starting the simulated partners');
  const portsFile = path.join(folder, 'partner-ports.json');
  const ports = existsSync(portsFile) ? (parseFile(readFileSync(portsFile, 'utf8'), portsFile) as PartnerPorts) : {};
  const partners = await startPartners({ dataDir: folder, logDir, channels: true, ports, joins: true, warn });
  writeFileSync(portsFile, JSON.stringify(partners.ports));
  try {
    if ((await new AwsAccount(operatorClientConfig(emulator.url)).bootstrapVersion()) === undefined) {
      onProgress(`preparing ${emulator.url} for CDK (cdk bootstrap)`);
      // With the assembly that there is: CDK would make another one of cdk.json.
      await cdkOn(emulator.url)(['bootstrap', ...appOf(emulator), 'aws://000000000000/us-east-1']);
    }
    onProgress('deploying the stacks (cdk deploy)');
    const outputs = await deployStacks(options, partners);
    const app = { outputs, endpointUrl: emulator.url, url: emulatedApiUrl(emulator.url, outputs.ApiUrl!) };
    onProgress('seeding the demo catalogue');
    await partners.introduceTo(app);
    await seedCatalogue(app);
    return { app, partners, close: () => partners.close() };
  } catch (error) {
    await partners.close();
    throw error;
  }
}

/** Deletes every stack with all its data. */
export async function destroy(emulator: Emulator, onProgress: (step: string) => void): Promise<void> {
  await buildApp(onProgress, { emulator: emulator.name });
  await cdkOn(emulator.url)(['destroy', ...appOf(emulator), '--all', '--force'], stacksIn(onProgress));
}

const appOf = ({ name }: Emulator): readonly string[] => ['--app', emulatedSynthesis(name).outdir!];

async function deployStacks(
  { emulator, folder, parameters, onProgress }: DeploymentOptions,
  partners: Partners,
): Promise<Readonly<Record<string, string>>> {
  const outputsFile = path.join(folder, 'outputs.json');
  rmSync(outputsFile, { force: true });
  const all = { ...DEMO_PARAMETERS, ...parameters, ...partners.parameters };
  await cdkOn(emulator.url)(
    [
      'deploy',
      ...appOf(emulator),
      '--all',
      '--require-approval',
      'never',
      '--outputs-file',
      outputsFile,
      ...Object.entries(all).flatMap(([name, value]) => ['--parameters', `${name}=${value}`]),
    ],
    stacksIn(onProgress),
  );
  const byStack = parseFile(readFileSync(outputsFile, 'utf8'), outputsFile) as Record<string, Record<string, string>>;
  return Object.assign({}, ...Object.values(byStack)) as Record<string, string>;
}
