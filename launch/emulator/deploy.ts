/** `npm run deploy:localstack`: the app on an emulator of AWS, with simulated partners and a demo shop, until Ctrl-C. */
import { performance } from 'node:perf_hooks';
import { firstSteps } from '../platform/first-steps.ts';
import { folderIn } from './data-folder.ts';
import { type Deployment, deploy } from './deployment.ts';
import { emulatorUrlIn, runningEmulator } from './emulator.ts';
import { type StartedMiniStack, startMiniStack } from './ministack.ts';
import { requestedArguments, USAGE } from './requested.ts';

const seconds = () => `${(performance.now() / 1_000).toFixed(1)} s`;
const progress = (step: string) => console.log(`[${seconds().padStart(6)}] ${step}`);

let started: StartedMiniStack | undefined;
let deployment: Deployment | undefined;
let stopping = false;

async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await deployment?.close();
  await started?.close();
  process.exit(exitCode);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  const requested = requestedArguments(process.argv.slice(2));
  if (requested === 'help') {
    console.log(USAGE);
    process.exit(0);
  }
  process.umask(0o077);
  const folder = folderIn(process.env);
  const url = emulatorUrlIn(process.env);
  if (requested.starts) {
    progress(`starting MiniStack at ${url}`);
    started = await startMiniStack(url, folder);
  }
  const emulator = started ?? (await runningEmulator(url));
  deployment = await deploy({ emulator, folder, onProgress: progress, warn: console.warn });
  const { app, partners } = deployment;
  console.log(`
──────────────────────────────────────────────────────────────────────────────
 Waybill is deployed to ${emulator.name === 'ministack' ? 'MiniStack' : 'LocalStack'} after ${seconds()}.
 API        ${app.url}/api/v1
 Console    ${app.url}/console/

${await firstSteps(app.url, partners.issuerUrl, `WAYBILL_URL=${app.url} `)}
 Gateway    ${partners.gateway.url}/v1/ledger   Carrier   ${partners.carrier.url}/v1/ledger
 AWS API    ${app.endpointUrl}   Tokens   ${partners.issuerUrl}
 ${endOf(deployment)}
──────────────────────────────────────────────────────────────────────────────
`);
  if (partners.areJoined) await stop(0);
} catch (error) {
  console.error(`\nWaybill could not be deployed: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env.DEBUG) console.error(error);
  await stop(1);
}

/** What becomes of what runs, for the person who reads this. */
function endOf({ partners }: Deployment): string {
  if (partners.areJoined) {
    return 'The partners are those of the command that goes on in another terminal, and end with it.';
  }
  const rest = started ? ' and MiniStack, with what it holds' : '; the app stays until `npm run destroy:localstack`';
  return `Ctrl-C ends the partners${rest}.`;
}
