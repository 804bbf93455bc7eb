/** `npm run fault-matrix`: every fault at every Task of every saga, in every situation, with every method of payment. */
import { writeFileSync } from 'node:fs';
import { MUTANTS } from './mutants.ts';
import { type Options, optionsFrom, USAGE } from './options.ts';
import { describeFailures, failuresIn, progressOf, reportOf, totals } from './report.ts';
import { isFound } from './run-group.ts';
import { runGroups } from './threads.ts';

const { help, only, workers, report } = asked();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
const begun = performance.now();
const outcomes = await runGroups(workers, only, (outcome) => {
  if (outcome.tried.length > 0) console.log(progressOf(outcome));
});
const tried = outcomes.reduce((sum, one) => sum + one.tried.length, 0);
if (tried === 0) {
  console.error('No case has such an id.');
  process.exit(2);
}
const mutants = only.length > 0 ? [] : MUTANTS;
let missed = 0;
for (const mutant of mutants) {
  const found = await isFound(mutant);
  if (!found) missed += 1;
  console.log(`${found ? '✓ found' : '✗ missed'}: ${mutant.name}`);
}
for (const failure of describeFailures(outcomes)) console.log(failure);
if (report !== undefined) writeFileSync(report, reportOf(outcomes));
console.log(totals(outcomes, { mutants: mutants.length, missed, seconds: (performance.now() - begun) / 1_000 }));
process.exit(failuresIn(outcomes).length + missed === 0 ? 0 : 1);

function asked(): Options {
  try {
    return optionsFrom(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
