/** `npm run mutation-test`: Stryker changes the domain code at one place after the other, and the tests of the context must notice. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../project-root.ts';
import { runTool } from './run-tool.ts';

const USAGE = `Usage: npm run mutation-test [-- <folder>… | --help]

Changes the domain code at one place after the other, and tells which changes no test of the context notices.
  <folder>   such as functions/payments/domain; without any, those of all contexts

Prints the score of each folder, and fails when one is below the threshold of stryker.config.mjs.`;

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

const DETECTED = ['Killed', 'Timeout'];
const UNDETECTED = ['Survived', 'NoCoverage'];

function scoreOf({ files }: Report): string {
  const statuses = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const countOf = (wanted: readonly string[]) => statuses.filter((status) => wanted.includes(status)).length;
  const found = countOf(DETECTED);
  const all = found + countOf(UNDETECTED);
  return all === 0 ? 'nothing to change' : `${((100 * found) / all).toFixed(1)} %, ${found} of ${all} changes noticed`;
}

function test(folder: string): { readonly status: number; readonly score: string } {
  process.env['MUTATED_CONTEXT'] = path.basename(path.dirname(folder));
  const status = runTool('@stryker-mutator/core/bin/stryker.js', ['run', '--mutate', `${folder}/**/*.ts`]);
  const report = readFileSync(path.join(PROJECT_ROOT, 'dist/mutants.json'), 'utf8');
  return { status, score: scoreOf(JSON.parse(report) as Report) };
}

function testAll(folders: readonly string[]): void {
  const wrong = folders.filter((folder) => !/^functions\/[\w-]+\/domain\/?$/.test(folder));
  if (wrong.length > 0) {
    throw new RangeError(`Folders are such as functions/payments/domain, got ${wrong.join(' ')}. --help tells more.`);
  }
  const tested = folders.map((folder) => ({ folder, ...test(folder) }));
  for (const { folder, score } of tested) console.log(`${folder}: ${score}`);
  process.exitCode = tested.some(({ status }) => status !== 0) ? 1 : 0;
}

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});
if (values.help) console.log(USAGE);
else testAll(positionals.length > 0 ? positionals : globSync('functions/*/domain', { cwd: PROJECT_ROOT }).sort());
