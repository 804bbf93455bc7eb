/** The app on an emulator of AWS, deployed by CDK, beside simulated partners of this machine. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { emulatedSynthesis } from '../../lib/emulator/synthesis.ts';
import { parseFile } from '../../local/storage-failure.ts';
import { operatorClientConfig } from '../clients/operator.ts';
import { DEMO_PARAMETERS } from '../demo/parameters.ts';
import { seedCatalogue } from '../demo/seed.ts';
import { type DeployedApp, type PartnerPorts, type Partners, startPartners } from '../platform/partners.ts';
import { buildApp } from '../tools/build.ts';
import { cdk } from './cdk.ts';
import type { Emulator } from './emulator.ts';

export interface DeploymentOptions {
  readonly emulator: Emulator;
  /** For the partners' data, their logs and their ports. A partner keeps its port, so that a second deployment changes nothing. */
  readonly folder: string;
  readonly onProgress: (step: string) => void;
  readonly warn: (message: string) => void;
}

export interface Deployment {
  readonly app: DeployedApp;
  readonly partners: Partners;
  /** Ends the partners; the app stays on the emulator. */
  close(): Promise<void>;
}

const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';

/** Starts partners, deploys every stack, and seeds the demo catalogue. Safe to repeat. @throws Error in CDK's words */
export async function deploy({ emulator, folder, onProgress, warn }: DeploymentOptions): Promise<Deployment> {
  const logDir = path.join(folder, 'logs');
  mkdirSync(logDir, { recursive: true });
  await buildApp(onProgress, emulator.name);
  onProgress('starting the simulated partners');
  const portsFile = path.join(folder, 'partner-ports.json');
  const ports = existsSync(portsFile) ? (parseFile(readFileSync(portsFile, 'utf8'), portsFile) as PartnerPorts) : {};
  const partners = await startPartners({ dataDir: folder, logDir, channels: true, ports, warn });
  writeFileSync(portsFile, JSON.stringify(partners.ports));
  try {
    if (!(await isBootstrapped(emulator))) {
      onProgress(`preparing ${emulator.url} for CDK (cdk bootstrap)`);
      await cdk(emulator, ['bootstrap', 'aws://000000000000/us-east-1']);
    }
    onProgress('deploying the stacks (cdk deploy)');
    const app = deployedApp(emulator, await deployStacks(emulator, folder, partners, onProgress));
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
  await buildApp(onProgress, emulator.name);
  await cdk(emulator, ['destroy', ...appOf(emulator), '--all', '--force'], stacksIn(onProgress));
}

const appOf = ({ name }: Emulator): readonly string[] => ['--app', emulatedSynthesis(name).outdir!];

async function isBootstrapped({ url }: Emulator): Promise<boolean> {
  const client = new SSMClient(operatorClientConfig(url));
  try {
    await client.send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
    return true;
  } catch (error) {
    if (error instanceof ParameterNotFound) return false;
    throw error;
  } finally {
    client.destroy();
  }
}

async function deployStacks(
  emulator: Emulator,
  folder: string,
  { parameters }: Partners,
  onProgress: (step: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const outputsFile = path.join(folder, 'outputs.json');
  rmSync(outputsFile, { force: true });
  const all = { ...DEMO_PARAMETERS, ...parameters };
  await cdk(
    emulator,
    [
      'deploy',
      ...appOf(emulator),
      '--all',
      '--require-approval',
      'never',
      '--outputs-file',
      outputsFile,
      ...Object.entries(all).flatMap(([name, value]) => ['--parameters', `Waybill-Stateless:${name}=${value}`]),
    ],
    stacksIn(onProgress),
  );
  const byStack = parseFile(readFileSync(outputsFile, 'utf8'), outputsFile) as Record<string, Record<string, string>>;
  return Object.assign({}, ...Object.values(byStack)) as Record<string, string>;
}

/** Of CDK's many lines, those that end a stack: ` ✅  Waybill-Ledger (no changes)`, ` ✅  Waybill-Ledger: destroyed`. */
const stacksIn = (onProgress: (step: string) => void) => (line: string) => {
  const [, stack] = /^\s*✅\s+(.*)$/.exec(line) ?? [];
  if (stack !== undefined) onProgress(stack);
};

/** On AWS the id of the API is a part of the host's name; emulators take it in the path as well. */
function deployedApp({ url }: Emulator, outputs: Readonly<Record<string, string>>): DeployedApp {
  const { hostname, pathname } = new URL(outputs.ApiUrl!);
  const stage = pathname.replaceAll('/', '');
  return {
    outputs,
    endpointUrl: url,
    url: `${url}/restapis/${hostname.split('.')[0]!}/${stage}/_user_request_`,
  };
}
