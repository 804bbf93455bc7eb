/** `npm run fault-test`: partners and database go away under load, and nothing may come of it. */
import { buildApp } from '../../launch/tools/build.ts';
import { CASES, type Case } from './cases.ts';
import { casesOf, type Options, optionsFrom, USAGE } from './options.ts';
import { isClean, type Outcome } from './outcome.ts';
import { seeded } from './random.ts';
import { RealPlatform } from './real/platform.ts';
import { describeOutcome, summary } from './report.ts';
import { type Load, runCase } from './run-case.ts';
import { runVirtualCase } from './virtual/run-virtual.ts';

const { options, cases } = asked();
if (options.help || options.list) {
  console.log(options.help ? USAGE : cases.map(({ name }) => name).join('\n'));
  process.exit(0);
}
console.log(`${cases.length} cases, seed ${options.seed}`);
if (cases.some(({ time }) => time === 'real')) await buildApp((step) => console.log(`· ${step}`));

const outcomes: Outcome[] = [];
const begun = performance.now();
/** As many as two processors carry beside the test itself. */
const realLoad = ({ seconds }: Case): Load => ({ marginSeconds: 4, perSecond: seconds > 10 ? 1 : 2 });

let platform: RealPlatform | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.resolve(platform?.close()).finally(() => process.exit(130)));
}
for (const [index, given] of cases.entries()) {
  console.log(`\n[${index + 1}/${cases.length}] ${given.name}`);
  // A case draws the same whether or not it runs alone.
  const outcome = await run(given, options.seed + CASES.indexOf(given));
  outcomes.push(outcome);
  console.log(`${describeOutcome(outcome)}\n  ${progress(index + 1)}`);
}
console.log(summary(outcomes));
process.exit(outcomes.every(isClean) ? 0 : 1);

/** How long the cases took, and what the rest takes if it is like them. */
function progress(done: number): string {
  const seconds = (performance.now() - begun) / 1_000;
  const left = Math.ceil((seconds / done) * (cases.length - done));
  return `${Math.round(seconds)} s since the beginning${left > 0 ? `, about ${left} s to go` : ''}`;
}

async function run(given: Case, seed: number): Promise<Outcome> {
  if (given.time === 'virtual') return runVirtualCase(given, seed);
  // One for each case: the orders that a case leaves to people, and what it has spoilt, must not count against the next.
  platform = await RealPlatform.start(seeded(seed));
  try {
    return await runCase(platform, given, realLoad(given), seed);
  } finally {
    await platform.close();
    platform = undefined;
  }
}

function asked(): { options: Options; cases: readonly Case[] } {
  try {
    const given = optionsFrom(process.argv.slice(2));
    return { options: given, cases: casesOf(given) };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
