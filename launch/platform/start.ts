/**
 * `npm start`: the order platform on this machine, until Ctrl-C. With `-- --inspect[=<port>]` a debugger can attach, and functions
 * have no time limit. `npm run dev` is the same, and takes over what is saved.
 */
import { close as closeToDebuggers, open as openToDebuggers } from 'node:inspector';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { dataDirOf, logDirOf } from '../clients/running-instance.ts';
import { buildApp } from '../tools/build.ts';
import { collectorIn } from '../trace/collector.ts';
import { alarmLine } from './alarm-line.ts';
import { eventLine } from './event-line.ts';
import { exportSpans } from './export-spans.ts';
import { firstSteps } from './first-steps.ts';
import { removeInstanceFile, writeInstanceFile } from './instance-file.ts';
import { type Platform, startPlatform } from './platform.ts';
import { requestedArguments, requestedBy, USAGE } from './requested.ts';

const seconds = () => `${(performance.now() / 1_000).toFixed(1)} s`;
const progress = (step: string) => console.log(`[${seconds().padStart(6)}] ${step}`);

const dataDir = dataDirOf(process.env);
const logDir = logDirOf(dataDir);

let platform: Platform | undefined;
let stopFollowing = async (): Promise<void> => {};
let stopExporting = async (): Promise<void> => {};
let stopping = false;

async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('\nStopping…');
  await stopFollowing();
  await stopExporting();
  // Without a platform the folder, and the file in it, may be another process's.
  if (platform) removeInstanceFile(dataDir);
  await platform?.close();
  // Node would wait at its end for a debugger to leave.
  closeToDebuggers();
  console.log(`Stopped. Orders and stock are kept in ${show(dataDir)}; \`npm start\` continues from there.`);
  process.exit(exitCode);
}
// A terminal that is gone, or a full disk behind the output, ends no orders: what cannot be printed is lost.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
process.on('disconnect', () => void stop(0));

try {
  const requested = requestedBy(process.env);
  const args = requestedArguments(process.argv.slice(2));
  if (args === 'help') {
    console.log(USAGE);
    process.exit(0);
  }
  const { debuggerPort, followsSources } = args;
  const collector = collectorIn(process.env);
  await buildApp(progress);
  if (debuggerPort !== undefined) openToDebuggers(debuggerPort, '127.0.0.1');
  // What this process and its children write into the data folder is for its owner alone.
  process.umask(0o077);
  platform = await startPlatform({
    dataDir,
    logDir,
    partnerUrls: { gateway: process.env.WAYBILL_PAYMENT_GATEWAY_URL, carrier: process.env.WAYBILL_CARRIER_URL },
    ...requested,
    // Mails go nowhere: they are files, and pages at the AWS endpoint.
    parameters: { EmailSender: 'orders@waybill.example', ...requested.parameters },
    channels: true,
    onProgress: progress,
    fail: (reason) => {
      console.error(`\nWaybill cannot go on: ${reason.message}`);
      void stop(1);
    },
  });
  if (collector) stopExporting = exportSpans(platform.runtime, { collector, logDir });
  printEvents(platform);
  writeInstanceFile(dataDir, platform.runtime);
  await printReady(platform);
  if (followsSources) await follow(platform);
} catch (error) {
  console.error(`\nWaybill could not start: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env.DEBUG) console.error(error);
  await platform?.close();
  process.exit(1);
}

function printEvents({ runtime }: Platform): void {
  const print = (line: string | undefined) => line && console.log(line);
  runtime.onEvent((event) => print(eventLine(event)));
  runtime.onNotification((notification) => print(alarmLine(notification)));
}

async function follow(followed: Platform): Promise<void> {
  // It takes the bundler along, which a plain start has no use for.
  const { followSources } = await import('../dev/follow-sources.ts');
  const onRestart = () => printEvents(followed);
  stopFollowing = followSources({ platform: followed, print: console.log, onRestart });
  console.log(' What is saved in functions/, statemachines/ and lib/ runs moments later.\n');
}

async function printReady({ runtime, gatewayUrl, carrierUrl, channelUrls, issuerUrl }: Platform): Promise<void> {
  const base = runtime.url;
  // Commands in another terminal look for the instance at this port.
  const where = new URL(base).port === '3000' ? '' : `WAYBILL_URL=${base} `;
  console.log(`
──────────────────────────────────────────────────────────────────────────────
 Waybill is ready after ${seconds()}.   API: ${base}/api/v1   Console: ${base}/console/

${await firstSteps(base, issuerUrl, where)}
 Data       ${show(dataDir)}   Logs   ${show(logDir)}
 Gateway    ${gatewayUrl}/v1/ledger   Carrier   ${carrierUrl}/v1/ledger
 Alipay     ${channelUrls.alipay}/v1/ledger   WeChat Pay   ${channelUrls.wechatPay}/v1/ledger   Bank   ${channelUrls.bank}/v1/ledger
 AWS API    ${runtime.endpointUrl}   (access key: operator)   Tokens   ${issuerUrl}
 Mails      ${runtime.endpointUrl}/_runtime/mails
 Stop with Ctrl-C. On this machine everybody gets the token they ask for: this is for development.
──────────────────────────────────────────────────────────────────────────────
`);
}

function show(folder: string): string {
  const relative = path.relative(process.cwd(), folder);
  return relative.startsWith('..') ? folder : `${relative}${path.sep}`;
}
