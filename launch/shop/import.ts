/** `npm run import -- --file shop.json`: articles, promotions and stock of files, into any environment. */
import { parseArgs } from 'node:util';
import { ProgressLine } from '../rebuild/progress-line.ts';
import { addressOf } from './address.ts';
import { readRecords } from './files.ts';
import { type ImportPlan, planOf } from './plan.ts';
import type { ShopRecords } from './records.ts';
import { inTurns, Shop } from './shop.ts';

const USAGE = `Usage: npm run import -- --file <file> [--file <file>]… [--stage <name>] [--dry-run] [--correct-stock]
  --file <file>    .json with lists under articles, promotions and stock, or .csv with one kind: docs/deploying.md has the fields
  --stage <name>   the environment, of lib/stages/stages.ts (default: the emulator at AWS_ENDPOINT_URL, or the instance on this machine)
  --dry-run        says what would change, and changes nothing
  --correct-stock  an article that has stock gets the count of the file; without it, its stock is left alone
  --help

What is as the file says is left as it is: the same file twice changes nothing, and an import that was interrupted goes on when it is run again. Nothing is
taken away. WAYBILL_TOKEN is an operator's token with stock:read and stock:write, for an environment with a real issuer of tokens.`;

try {
  const { values } = parsed();
  if (values.help) console.log(USAGE);
  else await run(values);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function run(values: ReturnType<typeof parsed>['values']): Promise<void> {
  const { file: files = [], stage } = values;
  if (files.length === 0) throw new Error(`--file is needed.\n${USAGE}`);
  const wanted = merged(files.map(readRecords));
  const shop = new Shop(await addressOf(stage, process.env));
  try {
    const plan = planOf(wanted, await shop.records(wanted.stock.map(({ sku }) => sku)));
    const corrects = values['correct-stock'] === true;
    for (const line of linesOf(plan, corrects)) console.log(line);
    if (values['dry-run']) return console.log('A dry run: nothing was changed.');
    await carryOut(shop, plan, corrects);
  } finally {
    shop.close();
  }
}

function linesOf({ articles, promotions, receipts, differences, same }: ImportPlan, corrects: boolean): string[] {
  return [
    `${articles.length} articles and ${promotions.length} promotions are new or changed, ${receipts.length} articles get their first stock, ${same} records are as they are.`,
    ...differences.map(
      ({ sku, there, wanted }) =>
        `  ${sku} has ${there} units available, the file says ${wanted}: ${corrects ? 'corrected' : 'left alone (--correct-stock corrects it)'}`,
    ),
  ];
}

/** Articles come before their stock: nobody orders what has no price. */
async function carryOut(shop: Shop, plan: ImportPlan, corrects: boolean): Promise<void> {
  const steps = [
    ...plan.promotions.map((promotion) => () => shop.putPromotion(promotion)),
    ...plan.articles.map((article) => () => shop.putArticle(article)),
    ...plan.receipts.map((receipt) => () => shop.receive(receipt)),
    ...(corrects ? plan.differences : []).map(
      ({ sku, there, wanted }) =>
        () =>
          shop.correct(sku, there, wanted),
    ),
  ];
  const line = new ProgressLine(process.stdout, { totalEvents: 0, before: { orders: 0, events: 0 } });
  let done = 0;
  await inTurns(steps, async (step) => {
    await step();
    done += 1;
    line.say(`${done} of ${steps.length} records written`);
  }).finally(() => line.end());
  console.log(`Done: ${steps.length} records written.`);
}

function merged(all: readonly ShopRecords[]): ShopRecords {
  return {
    articles: all.flatMap(({ articles }) => articles),
    promotions: all.flatMap(({ promotions }) => promotions),
    stock: all.flatMap(({ stock }) => stock),
  };
}

function parsed() {
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      options: {
        file: { type: 'string', multiple: true },
        stage: { type: 'string' },
        'dry-run': flag,
        'correct-stock': flag,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
