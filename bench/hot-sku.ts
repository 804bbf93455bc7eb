/** Many buyers of one article at once: stock in shards beside stock in one item, in one run, on a DynamoDB that refuses as AWS's does. */
import { MOST_SHARDS } from '../functions/inventory/domain/shards.ts';
import { ROUND_TRIP_MS } from './contended-client.ts';
import { type Bought, HotArticles, type Rush } from './hot-article.ts';
import { BUDGET, percentile, type Report } from './report.ts';
import { takeTurns } from './take-turns.ts';

const BUYERS = 500;
const ROUNDS = 2;
const PLENTY = 1_000;
/** Fewer than there are buyers, and no multiple of any number of shards. */
const TOO_FEW = 123;

const STATED = [
  'No engine on one machine refuses what meets at an item, so a client in front of it does. Stated, by the AWS documentation:',
  '- TransactionConflict when two transactions are at one item at a time ("Transaction conflict handling in DynamoDB")',
  '- ThrottlingError above 1,000 write units a second of an item, two for each in a transaction ("Designing partition keys to',
  '  distribute your workload", "Capacity management for transactions"); refused ones are taken to use none',
  `- assumed, for AWS promises none: every request takes ${ROUND_TRIP_MS} ms, for which a transaction holds its items`,
  'A buyer is the step ReserveInventory of an order with its retries; each has a function instance that knows of no shard.',
];

export async function benchHotSku(report: Report): Promise<void> {
  report.section(`One article, ${BUYERS} buyers at once (${ROUNDS} times each, taking turns)`);
  for (const line of STATED) console.log(line);
  const articles = await HotArticles.open();
  try {
    const sell = (stock: number, mostShards?: number) => () =>
      articles.rush({ buyers: BUYERS, stock, ...(mostShards !== undefined && { mostShards }) });
    const [one, shards, oneOfFew, shardsOfFew] = await takeTurns(
      [sell(PLENTY, 1), sell(PLENTY), sell(TOO_FEW, 1), sell(TOO_FEW)],
      { measured: ROUNDS },
    );
    console.log(`\n${PLENTY} units`);
    describe(report, 'one item', one);
    describe(report, `up to ${MOST_SHARDS} shards`, shards);
    report.judge('sold to those who came, in shards', soldShare(shards, BUYERS), { atLeast: BUDGET.hotSkuSold });
    report.judge('p50 in one item over p50 in shards', at(one, 0.5) / at(shards, 0.5), { atLeast: BUDGET.hotSkuGain });
    report.judge('p99 in one item over p99 in shards', at(one, 0.99) / at(shards, 0.99), {
      atLeast: BUDGET.hotSkuTailGain,
    });
    console.log(`\n${TOO_FEW} units: the last one is sold, and then nobody gets any`);
    describe(report, 'one item', oneOfFew);
    describe(report, `up to ${MOST_SHARDS} shards`, shardsOfFew);
    report.judge('p99 in one item over p99 in shards, sold out', at(oneOfFew, 0.99) / at(shardsOfFew, 0.99), {
      atLeast: BUDGET.hotSkuSoldOutTailGain,
    });
    report.judge('units sold, in shards', soldShare(shardsOfFew, TOO_FEW), { atLeast: BUDGET.hotSkuUnitsSold });
    console.log('\nAll of them');
    const astray = [
      ...[...one, ...shards].map((rush) => unitsAstray(rush, PLENTY)),
      ...[...oneOfFew, ...shardsOfFew].map((rush) => unitsAstray(rush, TOO_FEW)),
    ];
    report.judge('units oversold or lost', sum(astray), { atMost: BUDGET.hotSkuUnitsAstray }, String);
  } finally {
    await articles.close();
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const boughtIn = (rushes: readonly Rush[]) => rushes.flatMap(({ bought }) => bought);
const countOf = (bought: readonly Bought[], outcome: Bought['outcome']) =>
  bought.filter((one) => one.outcome === outcome).length;
const timesOf = (rushes: readonly Rush[]) => boughtIn(rushes).map(({ tookMs }) => tookMs);
const at = (rushes: readonly Rush[], share: number) => percentile(timesOf(rushes), share);
const soldShare = (rushes: readonly Rush[], most: number) => countOf(boughtIn(rushes), 'sold') / (rushes.length * most);

/** Units that are neither where they were nor with a buyer, or with two; and those that a refused buyer has. */
function unitsAstray({ bought, left: { available, reserved } }: Rush, stock: number): number {
  return (
    Math.abs(stock - available - reserved) + Math.abs(reserved - countOf(bought, 'sold')) + Math.max(0, -available)
  );
}

function describe(report: Report, label: string, rushes: readonly Rush[]): void {
  const bought = boughtIn(rushes);
  const seconds = (share: number) => `${(at(rushes, share) / 1_000).toFixed(2)} s`;
  const share = (outcome: Bought['outcome']) => `${((countOf(bought, outcome) / bought.length) * 100).toFixed(1)} %`;
  const each = (count: (rush: Rush) => number) => Math.round(sum(rushes.map(count)) / rushes.length);
  report.line(
    `${label}: sold`,
    share('sold'),
    `out of stock ${share('out-of-stock')}, gave up ${share('gave-up')}; of a rush's ${each(({ contention }) => contention.transactions)} ` +
      `transactions ${each(({ contention }) => contention.conflicts)} met others, ${each(({ contention }) => contention.throttled)} were throttled`,
  );
  const late = each(({ contention }) => contention.late);
  report.line(
    `${label}: answered, p50, p99`,
    `${seconds(0.5)}, ${seconds(0.99)}`,
    `${late} requests took over ${2 * ROUND_TRIP_MS} ms here`,
  );
  const ways = rushes.map(({ shards }) =>
    shards.map(({ shards: count, afterMs }) => `${count}${count > 1 ? ` after ${Math.round(afterMs)} ms` : ''}`),
  );
  report.line(`${label}: shards`, '', ways.map((way) => way.join(' → ')).join('; '));
}
