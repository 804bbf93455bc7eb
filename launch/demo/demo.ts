/** `npm run demo`: places the demo orders and shows how each ends, against WAYBILL_URL or an instance of its own. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { instanceUrl } from '../clients/instance-url.ts';
import { isFinal, OrdersClient, type OrderView } from '../clients/orders-client.ts';
import { startPlatform } from '../platform/platform.ts';
import { PROJECT_ROOT } from '../project-root.ts';
import { buildApp } from '../tools/build.ts';
import { LiveTable } from './live-table.ts';
import { SHORT_WAITS } from './short-waits.ts';

interface DemoOrder {
  readonly name: string;
  /** What the order tests, as text for a person. */
  readonly tests: string;
  readonly order: { readonly customerId: string };
  readonly expect: {
    readonly status: string;
    readonly reason?: string;
    readonly parked?: boolean;
    readonly total?: OrderView['total'];
  };
  /** A partner stays away: the order waits, and ends so when the limits of waiting are short. */
  readonly waits?: true;
}

/** The nouns of event types, short enough for a column. */
const SHORT: Record<string, string> = {
  Order: '',
  Inventory: 'Stock',
  Payment: 'Pay',
  Shipment: 'Ship',
  Task: 'Task',
};
const abbreviate = (types: readonly string[]): string =>
  types
    .map((type) => type.replace(/^(Order|Inventory|Payment|Shipment|Task)/, (noun) => SHORT[noun] ?? noun))
    .join(' → ');

/**
 * The longest path tries a partner that is down for half a minute, waits until the checkout ends, and tries to undo what was done. An emulator takes
 * several times as long as the embedded runtime.
 */
const PATIENCE_MS = 300_000;
const POLL_MS = 250;

const demoOrders = loadDemoOrders(path.join(PROJECT_ROOT, 'launch/demo/orders'));
const { url, close, hasShortWaits } = await runningInstance();
const client = new OrdersClient(url);
console.log(`\nPlacing ${demoOrders.length} orders at ${url}\n`);

const table = new LiveTable(['order', 'what it tests', 'path taken', 'final status', 'ms'], process.stdout);
const outcomes = await Promise.all(
  demoOrders.map(async (demo, row) => {
    table.set(row, [demo.name, demo.tests, '', 'placing…', '']);
    try {
      return await follow(demo, row);
    } catch (error) {
      table.finish(row, [demo.name, demo.tests, '', `✗ ${error instanceof Error ? error.message : String(error)}`, '']);
      return false;
    }
  }),
);
table.end();

const asExpected = outcomes.filter(Boolean).length;
console.log(`\n${asExpected} of ${demoOrders.length} orders ended as expected.`);
await close();
process.exit(asExpected === demoOrders.length ? 0 : 1);

/** Places one order and shows its progress until it is final. Resolves to whether it ended as its file expects. */
async function follow(demo: DemoOrder, row: number): Promise<boolean> {
  const started = performance.now();
  const orderId = await client.place(demo.order, randomUUID());
  const elapsed = () => Math.round(performance.now() - started);
  while (elapsed() < PATIENCE_MS) {
    const order = await client.get(orderId);
    const cells = (status: string) => [demo.name, demo.tests, abbreviate(steps), status, String(ms)];
    const ms = elapsed();
    const steps = await client.path(orderId);
    if (demo.waits && !hasShortWaits && steps.includes('StepDelayed')) {
      table.finish(row, cells('✓ waits for its partner'));
      return true;
    }
    if (isFinal(order) && (order.parked || !demo.expect.parked)) {
      const good = endedAsExpected(order, demo.expect);
      table.finish(row, cells(`${good ? '✓' : '✗ unexpected:'} ${describe(order)}`));
      return good;
    }
    table.set(row, cells(order.status));
    await sleep(POLL_MS);
  }
  throw new Error(`not final after ${PATIENCE_MS / 1_000} s`);
}

function endedAsExpected(order: OrderView, expected: DemoOrder['expect']): boolean {
  const { total = order.total } = expected;
  return (
    order.status === expected.status &&
    order.reason === expected.reason &&
    order.parked === (expected.parked ?? false) &&
    order.total.amount === total.amount &&
    order.total.currency === total.currency
  );
}

function describe({ status, reason, parked }: OrderView): string {
  return [status, reason, parked ? 'parked' : undefined].filter(Boolean).join(', ');
}

function loadDemoOrders(folder: string): DemoOrder[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: path.basename(file, '.json'),
      ...(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Omit<DemoOrder, 'name'>),
    }));
}

/** The instance at WAYBILL_URL or on PORT; when none answers, a temporary one, on which orders wait for seconds. */
async function runningInstance(): Promise<{ url: string; close: () => Promise<void>; hasShortWaits: boolean }> {
  const given = instanceUrl();
  if (await new OrdersClient(given).healthy()) return { url: given, close: async () => {}, hasShortWaits: false };
  if (process.env.WAYBILL_URL) {
    console.error(
      `No healthy Waybill answers at WAYBILL_URL=${given}. Start one with \`npm start\`, or unset WAYBILL_URL.`,
    );
    process.exit(1);
  }
  console.log(`Nothing healthy answers at ${given}: booting an instance for the demo.`);
  const logDir = mkdtempSync(path.join(tmpdir(), 'waybill-demo-'));
  const progress = (step: string) => console.log(`  ${step}`);
  await buildApp(progress);
  const parameters = { ConfigurationOverrides: JSON.stringify(SHORT_WAITS) };
  const platform = await startPlatform({ port: 0, logDir, parameters, onProgress: progress });
  return {
    url: platform.runtime.url,
    hasShortWaits: true,
    async close() {
      await platform.close();
      rmSync(logDir, { recursive: true, force: true });
    },
  };
}
