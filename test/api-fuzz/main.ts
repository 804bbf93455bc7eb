/** `npm run api-fuzz`: holds the API against its document. See docs/decisions/0088-the-api-is-held-against-its-document.md. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ORDER_ID, RETURN_ID } from '../../functions/orders/http/contracts/examples.ts';
import { INSTANCE } from '../../functions/partners/http/contracts/partners.ts';
import { ROUTES } from '../../functions/published/routes.ts';
import { TASK_ID } from '../../functions/recovery/http/contracts/examples.ts';
import { buildApp } from '../../launch/tools/build.ts';
import { situation } from '../support/api/situations.ts';
import { bearer } from '../support/api/tokens.ts';
import { removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { explanationOf, REFUSED } from './explained.ts';
import { type Report, reportIn } from './findings.ts';
import { fuzz, type Given, installSchemathesis } from './schemathesis.ts';

const USAGE = 'npm run api-fuzz -- [--short] [--seed <number>] [--examples <for each operation>]';
const PROGRESS_INTERVAL_MS = 15_000;
/** The exit status that says that nothing was tried. */
const NOT_INSTALLED = 3;
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    examples: { type: 'string', default: '20' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const seed = Number(values.seed);
const examples = values.short ? 0 : Number(values.examples);

try {
  installSchemathesis();
} catch (error) {
  console.error((error as Error).message);
  process.exit(NOT_INSTALLED);
}
await buildApp((step) => console.log(`· ${step}`));
const dataDir = temporaryDataDir();
const instance = await startInstance(dataDir);
try {
  console.log(`· seed ${seed}${values.short ? ', the short form' : ''}`);
  const report = path.join(dataDir, 'report.ndjson');
  const given = await givenAt(instance.url);
  const progress = setInterval(() => tellProgress(report), PROGRESS_INTERVAL_MS);
  await fuzz(instance.url, given, { seed, examples, report }).finally(() => clearInterval(progress));
  process.exitCode = tell(reportIn(report)) ? 0 : 1;
} finally {
  await instance.interrupt();
  removeDataDir(dataDir);
}

async function givenAt(url: string): Promise<Given> {
  const scopes = ROUTES.flatMap(({ callers }) =>
    callers !== 'anyone' && 'operators' in callers ? [callers.operators] : [],
  );
  const [returned, instances, held] = await Promise.all(
    ['a delivered order with a return', 'an instance', 'a held order'].map((given) => situation(url, given)),
  );
  const [operator, customer] = await Promise.all([
    bearer(url, { sub: 'O1', role: 'operator', scope: [...new Set(scopes)].join(' ') }),
    bearer(url, { sub: 'C1', role: 'customer', name: 'Li Wei' }),
  ]);
  return {
    operator: operator.authorization!,
    customer: customer.authorization!,
    parameters: {
      orderId: returned![ORDER_ID]!,
      returnId: returned![RETURN_ID]!,
      customerId: 'C1',
      partner: 'carrier',
      instanceId: instances![INSTANCE]!,
    },
    task: { orderId: held![ORDER_ID]!, taskId: held![TASK_ID]! },
  };
}

/** Prints how far the fuzzer is. It writes its report line by line. */
function tellProgress(report: string): void {
  const finished = existsSync(report) ? readFileSync(report, 'utf8').split('"ScenarioFinished"').length - 1 : 0;
  console.log(`· ${Math.round(process.uptime())} s: ${finished} scenarios tried`);
}

/** Prints what is not explained, and explanations without a use; last how many operations passed and failed. @returns whether all passed */
function tell({ operations, findings }: Report): boolean {
  const unexplained = findings.filter((finding) => explanationOf(finding) === undefined);
  const kinds = Map.groupBy(unexplained, (each) => `${each.check}: ${each.operation}: ${each.status} ${each.problem}`);
  for (const [kind, [first, ...others]] of kinds) {
    console.log(
      `\n${kind} (${others.length + 1} times)\n  ${first!.message.replaceAll('\n', '\n  ')}\n  ${first!.detail}\n  ${first!.request}`,
    );
  }
  const used = new Set(findings.map(explanationOf));
  const unused = REFUSED.filter((entry) => !entry.isRandom && !used.has(entry));
  for (const { problem, detail } of unused) {
    console.log(`\nNothing was explained by ${problem} ${detail ?? ''}: delete it.`);
  }
  console.log(`\n${findings.length} findings, ${unexplained.length} of them not explained.`);
  const unwell = new Set(unexplained.map(({ operation }) => operation));
  const failed = unwell.size + unused.length + (operations.length === 0 ? 1 : 0);
  console.log(`${operations.length - unwell.size} passed, ${failed} failed`);
  return failed === 0;
}
