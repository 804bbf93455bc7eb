/** Reads, lists and searches over HTTP in shops of 100,000 and of 1,000 orders: two platforms in one run that take turns. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Pool } from 'undici';
import { placeInList } from '../functions/orders/http/list-request.ts';
import { Cursors } from '../functions/shared/http/cursor.ts';
import { tokenFrom } from '../launch/clients/tokens.ts';
import { type Platform, startPlatform } from '../launch/platform/platform.ts';
import { PROJECT_ROOT } from '../launch/project-root.ts';
import { placeOf, type SeededOrder, scattered, seededOrder } from './query-shop.ts';
import { BUDGET, percentile, type Report } from './report.ts';
import { seedOrders } from './seed-orders.ts';
import { takeTurns } from './take-turns.ts';

/** The load has one caller, whose requests must never meet the rate limit. */
const ONE_CALLER_FOR_ALL = {
  ConfigurationOverrides: JSON.stringify({ limiter: { callers: { perSecond: 100_000, burst: 100_000 } } }),
};

const [FEW, MANY] = [1_000, 100_000];
const WARM_UP = 100;
const MEASURED = 400;

/** The queries, each about an order that was picked at random. */
const QUERIES = {
  get: ({ orderId }: SeededOrder) => `/${orderId}`,
  list: ({ customerId }: SeededOrder) => `/customer/${customerId}`,
  'list, by status': ({ customerId }: SeededOrder) => `/customer/${customerId}?status=processing`,
  'all orders': () => '',
  'all orders, by status': () => '?status=processing',
  'search, order id': ({ orderId }: SeededOrder) => `/search?q=${orderId.slice(0, 13)}`,
  'search, e-mail': ({ email }: SeededOrder) => `/search?q=${encodeURIComponent(email)}`,
  'search, SKU': ({ sku }: SeededOrder) => `/search?q=${sku}`,
  'search, name': ({ familyName }: SeededOrder) => `/search?q=${familyName}`,
  'search, full name': ({ givenName, familyName }: SeededOrder) => `/search?q=${givenName}+${familyName}`,
} as const;
type Query = keyof typeof QUERIES;
/** Of a list of 50 orders a page: the page that is far back. */
const [PAGE, FAR] = [50, 400];
const NAMES = Object.keys(QUERIES) as Query[];

interface Shop {
  readonly orders: number;
  /** Resolves to the milliseconds from the request to the whole answer. @throws Error unless there is an order in the answer */
  time(query: Query, order: SeededOrder): Promise<number>;
  /** The same for a path below `/api/v1/orders`. */
  timePath(path: string): Promise<number>;
  close(): Promise<void>;
}

export async function benchQueries(report: Report): Promise<void> {
  report.section(`Queries at ${MANY} orders beside ${FEW} (${MEASURED} of each, taking turns)`);
  const assemblyDir = withoutRelay();
  const shops: Shop[] = [];
  try {
    for (const orders of [FEW, MANY]) shops.push(await openShop(orders, assemblyDir));
    await turnFarPages(shops[1]!, report);
    const [few, many] = await askInTurns(shops);
    for (const query of NAMES) {
      for (const share of [0.5, 0.99]) {
        const [small, large] = [percentile(few![query], share), percentile(many![query], share)];
        report.judge(`${query}, p${share * 100}: ${small.toFixed(1)} → ${large.toFixed(1)} ms`, large / small, {
          atMost: BUDGET.queryRatio,
        });
      }
    }
  } finally {
    for (const shop of shops) await shop.close();
    rmSync(assemblyDir, { recursive: true });
  }
}

/** A list whose pages are read one after the other does not slow down: its first page beside one far back, of a filter. */
async function turnFarPages(shop: Shop, report: Report): Promise<void> {
  const filter = { status: 'processing' };
  const far = new Cursors(placeInList, filter).encode(placeOf(shop.orders - PAGE * FAR, shop.orders));
  const paths = [`?status=processing&limit=${PAGE}`, `?status=processing&limit=${PAGE}&cursor=${far}`];
  const [first, later] = await takeTurns(
    paths.map((below) => () => shop.timePath(below)),
    { warmUp: WARM_UP, measured: MEASURED, onRound: () => {} },
  );
  for (const share of [0.5, 0.99]) {
    const [near, distant] = [percentile(first!, share), percentile(later!, share)];
    report.judge(
      `all orders by status, page 1 → ${FAR}, p${share * 100}: ${near.toFixed(1)} → ${distant.toFixed(1)} ms`,
      distant / near,
      {
        atMost: BUDGET.queryRatio,
      },
    );
  }
}

/** A copy of the assembly in which no function reads the log's stream: seeded orders stay as they are and start no saga. */
function withoutRelay(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'waybill-bench-assembly-'));
  cpSync(path.join(PROJECT_ROOT, 'cdk.out'), copy, { recursive: true });
  for (const file of readdirSync(copy).filter((name) => name.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(path.join(copy, file), 'utf8')) as {
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::Lambda::EventSourceMapping' && Properties.StartingPosition !== undefined) {
        Properties.Enabled = false;
      }
    }
    writeFileSync(path.join(copy, file), JSON.stringify(template));
  }
  return copy;
}

async function openShop(orders: number, assemblyDir: string): Promise<Shop> {
  const logDir = mkdtempSync(path.join(tmpdir(), 'waybill-bench-logs-'));
  const platform = await startPlatform({ port: 0, logDir, assemblyDir, parameters: ONE_CALLER_FOR_ALL });
  const pool = new Pool(platform.runtime.url, { connections: 1 });
  const close = async (): Promise<void> => {
    await pool.close();
    await platform.close();
    rmSync(logDir, { recursive: true, force: true });
  };
  try {
    console.log(`Seeding ${orders} orders…`);
    await seedOrders(platform, orders, (progress) => console.log(`  ${progress}`));
    const headers = await operatorHeaders(platform);
    const timePath = (path: string) => timed(pool, headers, path);
    return { orders, time: (query, order) => timePath(QUERIES[query](order)), timePath, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const operatorHeaders = async ({ issuerUrl }: Platform) => ({
  authorization: `Bearer ${await tokenFrom(issuerUrl, { sub: 'O-BENCH', role: 'operator', scope: 'orders:read' })}`,
});

async function timed(pool: Pool, headers: Record<string, string>, below: string): Promise<number> {
  const started = performance.now();
  const answer = await pool.request({ method: 'GET', path: `/api/v1/orders${below}`, headers });
  const text = await answer.body.text();
  const took = performance.now() - started;
  if (answer.statusCode !== 200 || !text.includes('"orderId"')) {
    throw new Error(`${below} answered ${answer.statusCode}: ${text.slice(0, 500)}`);
  }
  return took;
}

/** Asks every query of every shop once a round, for another order each time. Resolves to the milliseconds, by shop and query. */
async function askInTurns(shops: readonly Shop[]): Promise<Record<Query, number[]>[]> {
  const questions = NAMES.flatMap((query) =>
    shops.map((shop) => (round: number) => shop.time(query, seededOrder(scattered(round) % shop.orders, shop.orders))),
  );
  const times = await takeTurns(questions, {
    warmUp: WARM_UP,
    measured: MEASURED,
    onRound: (round) => {
      if (round % 100 === 0) console.log(`Asking, ${round} of ${WARM_UP + MEASURED} rounds…`);
    },
  });
  return shops.map(
    (_, shop) =>
      Object.fromEntries(NAMES.map((query, index) => [query, times[index * shops.length + shop]!])) as Record<
        Query,
        number[]
      >,
  );
}
