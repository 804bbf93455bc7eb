/** `npm start`: the order platform on this machine, until Ctrl-C. */
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { buildApp } from './build.ts';
import { narrate } from './narrate.ts';
import { startPlatform, type Platform } from './platform.ts';
import { PROJECT_ROOT } from './tools.ts';

const seconds = () => `${(performance.now() / 1_000).toFixed(1)} s`;
const progress = (step: string) => console.log(`[${seconds().padStart(6)}] ${step}`);

const SAMPLE_ORDER = {
  customerId: 'C1',
  items: [{ sku: 'COFFEE-1KG', quantity: 1 }, { sku: 'TSHIRT', quantity: 2 }],
  shippingAddress: { name: 'Li Wei', street: '88 Nanjing Road', city: 'Shanghai', state: 'Shanghai', country: 'CN', postalCode: '200000' },
  paymentMethod: { type: 'card', token: 'tok_ok' },
};

const dataDir = path.resolve(PROJECT_ROOT, process.env.WAYBILL_DATA ?? '.waybill');
const logDir = path.join(dataDir, 'logs');

let platform: Platform | undefined;
let stopping = false;

async function stop(exitCode: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('\nStopping…');
  await platform?.close();
  console.log(`Stopped. Orders and stock are kept in ${show(dataDir)}; \`npm start\` goes on from there.`);
  process.exit(exitCode);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
process.on('disconnect', () => void stop(0));

try {
  await buildApp(progress);
  platform = await startPlatform({ dataDir, port: requestedPort(), logDir, onProgress: progress });
  platform.runtime.onEvent((event) => {
    const line = narrate(event);
    if (line) console.log(line);
  });
  printReady(platform);
} catch (error) {
  console.error(`\nWaybill could not start: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env.DEBUG) console.error(error);
  await platform?.close();
  process.exit(1);
}

/** @throws Error when PORT is not a port. */
function requestedPort(): number {
  const text = process.env.PORT ?? '3000';
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is "${text}"; expected a whole number from 0 (any free port) to 65535.`);
  }
  return port;
}

function printReady({ runtime, gatewayUrl, carrierUrl }: Platform): void {
  const base = runtime.url;
  console.log(`
──────────────────────────────────────────────────────────────────────────────
 Waybill is ready after ${seconds()}.   API: ${base}/api/v1

 Place an order (and keep its id in ORDER):
   ORDER=$(curl -s -X POST ${base}/api/v1/orders -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s%N)" -d '${JSON.stringify(SAMPLE_ORDER)}' | tee /dev/stderr | sed -n 's/.*"orderId":"\\([^"]*\\)".*/\\1/p')
 See it:
   curl -s ${base}/api/v1/orders/$ORDER
 See all that happened to it:
   curl -s ${base}/api/v1/orders/$ORDER/history

 Health     ${base}/api/v1/health          More orders   npm run demo
 Data       ${show(dataDir)}   Logs   ${show(logDir)}
 Gateway    ${gatewayUrl}/v1/ledger   Carrier   ${carrierUrl}/v1/ledger
 AWS API    ${runtime.endpointUrl}   (access key: operator)
 Stop with Ctrl-C. The API on this machine is open to everyone on 127.0.0.1.
──────────────────────────────────────────────────────────────────────────────
`);
}

function show(folder: string): string {
  const relative = path.relative(process.cwd(), folder);
  return relative.startsWith('..') ? folder : `${relative}${path.sep}`;
}
