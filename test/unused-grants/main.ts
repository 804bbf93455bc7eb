/**
 * `npm run unused-grants`: runs the end-to-end suite and the tests of outages, and lists what roles are granted and have never used. What is explained in
 * `explained.ts` is left out. With the file of suites that ran with `WAYBILL_GRANTS=<file>`, it runs nothing and looks only there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { GRANTS_VARIABLE } from '../../launch/platform/grant-record.ts';
import { PROJECT_ROOT } from '../../launch/project-root.ts';
import { runTool } from '../../launch/tools/run-tool.ts';
import { EXPLAINED } from './explained.ts';
import { nameOf, recordedIn } from './recorded.ts';
import { verdictOn } from './verdict.ts';

const USAGE = `Usage: npm run unused-grants [-- <file> | --help]

Lists what the roles of functions and sagas are granted and did not use while the end-to-end suite and the tests of outages ran.
  <file>   what suites recorded that ran before with ${GRANTS_VARIABLE}=<file>; nothing is run then

Fails when there is something that test/unused-grants/explained.ts does not explain, or explains wrongly.`;

function recordedBySuites(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'waybill-grants-'));
  const file = path.join(folder, 'grants.jsonl');
  process.env[GRANTS_VARIABLE] = file;
  try {
    const status = runTool('vitest/vitest.mjs', [
      'run',
      'test/e2e',
      'test/outages',
      '--project=e2e',
      '--project=outages',
    ]);
    if (status !== 0) throw new Error('A suite failed, so that what it would have used is not known.');
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function recordOf(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new Error(
    `There is no ${path.relative(PROJECT_ROOT, file)}; expected what suites wrote that ran with ${GRANTS_VARIABLE}.`,
  );
}

try {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) console.log(USAGE);
  else {
    const [file] = positionals;
    tell(recordedIn(file === undefined ? recordedBySuites() : recordOf(path.resolve(file))));
  }
} catch (error) {
  console.error((error as Error).message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

function tell(grants: ReturnType<typeof recordedIn>): void {
  const { unused, stale } = verdictOn(grants, EXPLAINED);
  const used = grants.filter((grant) => grant.used).length;
  console.log(`${grants.length} grants: ${used} used, ${grants.length - used} not.`);
  for (const grant of unused) {
    console.log(`✗ ${nameOf(grant)} was not used: take it back, or explain it in test/unused-grants/explained.ts.`);
  }
  for (const words of stale) console.log(`✗ ${words}`);
  const failed = unused.length + stale.length;
  console.log(`${grants.length - unused.length} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
