/** `npm run bench`: measures what the budget limits, and fails when a limit is passed. `-- --only cost` runs one part. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { assemblyIn } from '../launch/deploy/assembly.ts';
import { type Platform, type PlatformOptions, startPlatform } from '../launch/platform/platform.ts';
import { PROJECT_ROOT } from '../launch/project-root.ts';
import { buildApp } from '../launch/tools/build.ts';
import { benchBundles } from './bundles.ts';
import { benchCost } from './cost.ts';
import { type OrderWrites, recordOrderWrites, startDynamoDbAlone } from './dynamodb-alone.ts';
import { benchEmulator } from './emulator.ts';
import { onEachEngine } from './engines.ts';
import { benchHotSku } from './hot-sku.ts';
import { benchLimits } from './limits.ts';
import { benchLoading } from './loading.ts';
import { OrderLoad } from './order-load.ts';
import { benchProcessor } from './processor.ts';
import { benchQueries } from './queries.ts';
import { Report } from './report.ts';
import { benchStartup } from './startup.ts';
import { benchStates } from './states.ts';
import { benchThroughput } from './throughput.ts';

const PARTS = [
  'startup',
  'loading',
  'states',
  'hot-sku',
  'bundles',
  'cost',
  'throughput',
  'queries',
  'limits',
  'processor',
  'emulator',
] as const;
type Part = (typeof PARTS)[number];
/** Parts that need nothing built, or build it themselves. */
const WITHOUT_APP = new Set<Part>(['startup', 'loading', 'states', 'hot-sku', 'emulator']);
/** Parts that run only when they are named: they need a machine that does nothing else, Linux, or Python. */
const NAMED_ONLY = new Set<Part>(['limits', 'processor', 'emulator']);

const USAGE = `Usage: npm run bench -- [--only <part>]… [--against <checkout>] [--help]
  --only <part>         one of ${PARTS.join(', ')}
                        (default: all but ${[...NAMED_ONLY].join(', ')})
  --against <checkout>  another checkout, built, that processor takes turns with

Each figure is judged by bench/budget.json.`;
const options = {
  only: { type: 'string', multiple: true },
  against: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
const { values } = parseArgs({ options });
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const unknown = values.only?.find((part) => !(PARTS as readonly string[]).includes(part));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}"; there are ${PARTS.join(', ')}.`);
  process.exit(1);
}
const wanted = (part: Part) => values.only?.includes(part) ?? !NAMED_ONLY.has(part);

const report = new Report();
if (wanted('startup')) await benchStartup(report);
if (wanted('loading')) await benchLoading(report);
if (wanted('states')) await benchStates(report);
if (wanted('hot-sku')) await benchHotSku(report);
if (PARTS.some((part) => !WITHOUT_APP.has(part) && wanted(part))) await buildApp(() => {});
if (wanted('bundles')) benchBundles(report);
if (wanted('cost')) {
  const templates = [...assemblyIn(path.join(PROJECT_ROOT, 'cdk.out')).templates.values()];
  await onPlatform({ partnerInstances: 2 }, (platform, load, logDir) =>
    benchCost(report, { platform, load, logDir, templates }),
  );
}
if (wanted('throughput')) await onEachEngine(throughput);
if (wanted('queries')) await benchQueries(report);
if (wanted('processor')) await benchProcessor(report, values.against);
if (wanted('emulator')) await benchEmulator(report);
if (wanted('limits')) await onPlatform({}, (platform) => benchLimits(report, platform));

console.log(report.misses === 0 ? '\nWithin the budget.' : `\n${report.misses} figure(s) outside bench/budget.json.`);
process.exit(report.misses === 0 ? 0 : 1);

async function throughput(): Promise<void> {
  let writes: OrderWrites | undefined;
  await onPlatform({ shortcuts: false }, async (platform, load) => {
    writes = await recordOrderWrites(platform, load);
  });
  console.log(`\nAn order has ${writes!.writes.length} writes. Measuring takes three minutes…`);
  const alone = await startDynamoDbAlone(writes!);
  try {
    await onPlatform({}, (_, load) =>
      benchThroughput(report, { alone: alone.replay, platform: () => load.placeAndFinish() }),
    );
  } finally {
    await alone.close();
  }
}

async function onPlatform(
  options: Partial<PlatformOptions>,
  measure: (platform: Platform, load: OrderLoad, logDir: string) => Promise<void>,
): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'waybill-bench-'));
  const logDir = path.join(dataDir, 'logs');
  const platform = await startPlatform({ ...options, dataDir, port: 0, logDir });
  const load = await OrderLoad.at(platform);
  try {
    await measure(platform, load, logDir);
  } finally {
    await load.close();
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
