/** `npm run mutation-test`: Stryker changes the domain code at one place after the other, and the tests of the context must notice. */
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../project-root.ts';
import { runTool } from './run-tool.ts';

const USAGE = `Usage: npm run mutation-test [-- <folder>… | --changed | --help]

Changes the domain code at one place after the other, and tells which changes no test of the context notices.
  <folder>    such as functions/payments/domain; without any, those of all contexts, which takes most of an hour
  --changed   tries only what changed since the last run, in the code or in its tests, and takes over the rest of its results.
              A run that was ended with Ctrl-C keeps what it has found: --changed goes on with it

Prints the score of each folder and of all, and fails when one is below the threshold of stryker.config.mjs.`;

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

interface Tested {
  readonly name: string;
  readonly noticed: number;
  readonly all: number;
  readonly failed: boolean;
}

const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];

function test(folder: string, onlyChanged: boolean): Tested {
  const name = path.basename(path.dirname(folder));
  const results = `dist/mutants-${name}.json`;
  if (!onlyChanged) rmSync(path.join(PROJECT_ROOT, results), { force: true });
  process.env['MUTATED_CONTEXT'] = name;
  const status = runTool('@stryker-mutator/core/bin/stryker.js', [
    ...['run', '--mutate', `${folder}/**/*.ts`],
    ...['--incremental', '--incrementalFile', results],
  ]);
  const statuses = existsSync(path.join(PROJECT_ROOT, results)) ? statusesIn(results) : [];
  const countOf = (wanted: readonly string[]) => statuses.filter((one) => wanted.includes(one)).length;
  const noticed = countOf(DETECTED);
  return { name, noticed, all: noticed + countOf(UNDETECTED), failed: status !== 0 };
}

function statusesIn(results: string): readonly string[] {
  const { files } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, results), 'utf8')) as Report;
  return Object.values(files).flatMap(({ mutants }) => mutants.map((mutant) => mutant.status));
}

const sumOf = (tested: readonly Tested[]): Tested => ({
  name: 'all',
  noticed: tested.reduce((sum, { noticed }) => sum + noticed, 0),
  all: tested.reduce((sum, { all }) => sum + all, 0),
  failed: tested.some(({ failed }) => failed),
});

function lineOf({ name, noticed, all, failed }: Tested): string {
  const nothing = failed ? 'no result' : 'nothing to change';
  const score = all === 0 ? nothing : `${((100 * noticed) / all).toFixed(1)} %`;
  return `${failed ? '✗' : '✓'} ${name.padEnd(14)} ${score.padStart(7)}   ${noticed} of ${all} changes noticed`;
}

function testAll(folders: readonly string[], onlyChanged: boolean): void {
  const wrong = folders.filter((folder) => !/^functions\/[\w-]+\/domain\/?$/.test(folder));
  if (wrong.length > 0) {
    throw new RangeError(`Folders are such as functions/payments/domain, got ${wrong.join(' ')}. --help tells more.`);
  }
  const tested = folders.map((folder) => test(folder, onlyChanged));
  const sum = sumOf(tested);
  console.log([...tested, sum].map(lineOf).join('\n'));
  process.exitCode = sum.failed ? 1 : 0;
}

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, changed: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (values.help) console.log(USAGE);
else {
  const folders = positionals.length > 0 ? positionals : globSync('functions/*/domain', { cwd: PROJECT_ROOT }).sort();
  testAll(folders, values.changed);
}
