/** Size of each function's bundle, and the time a fresh process needs to import it. Handlers read their environment when they load. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDirOf, FUNCTION_NAMES } from '../lib/functions.ts';
import { FUNCTION_VARIABLES } from '../test/support/platform/function-variables.ts';
import { BUDGET, percentile, type Report } from './report.ts';

const REPEATS = 5;

export function benchBundles(report: Report): void {
  report.section('Function bundles: minified size, cold import (median of 5 processes)');
  let largest = 0;
  for (const name of FUNCTION_NAMES) {
    const file = path.join(bundleDirOf(name), 'index.mjs');
    const kilobytes = statSync(file).size / 1_000;
    largest = Math.max(largest, kilobytes);
    report.line(name, `${kilobytes.toFixed(0)} KB`, `${importMs(file).toFixed(0)} ms`);
  }
  report.judge('largest bundle, KB', largest, { atMost: BUDGET.bundleKilobytes }, (figure) => figure.toFixed(0));
}

function importMs(file: string): number {
  const script = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now() - t)); process.exit(0);`;
  const times = Array.from({ length: REPEATS }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        env: { PATH: process.env.PATH, ...FUNCTION_VARIABLES },
      }),
    ),
  );
  return percentile(times, 0.5);
}
