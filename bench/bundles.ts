/** Size of each function's bundle, and the time and the memory that a fresh process needs to import it. Handlers read their environment when they load. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleDirOf, FUNCTION_NAMES } from '../lib/functions.ts';
import { FUNCTION_VARIABLES } from '../test/support/platform/function-variables.ts';
import { BUDGET, percentile, type Report } from './report.ts';

const REPEATS = 5;

export function benchBundles(report: Report): void {
  report.section('Function bundles: minified size, cold import (median of 5 processes), memory of such a process');
  let largest = 0;
  let most = 0;
  for (const name of FUNCTION_NAMES) {
    const file = path.join(bundleDirOf(name), 'index.mjs');
    const kilobytes = statSync(file).size / 1_024;
    largest = Math.max(largest, kilobytes);
    const { ms, megabytes } = imported(file);
    most = Math.max(most, megabytes);
    report.line(name, `${kilobytes.toFixed(0)} KB`, `${ms.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`);
  }
  report.judge('largest bundle, KB', largest, { atMost: BUDGET.bundleKilobytes }, (figure) => figure.toFixed(0));
  report.judge('most memory, MB', most, { atMost: BUDGET.loadedMegabytes }, (figure) => figure.toFixed(0));
}

/** Medians. */
function imported(file: string): { readonly ms: number; readonly megabytes: number } {
  const script = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write([performance.now() - t, process.memoryUsage.rss() / 1_000_000].join()); process.exit(0);`;
  const figures = Array.from({ length: REPEATS }, () =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env.PATH, ...FUNCTION_VARIABLES },
      encoding: 'utf8',
    })
      .split(',')
      .map(Number),
  );
  const median = (index: number) =>
    percentile(
      figures.map((figure) => figure[index]!),
      0.5,
    );
  return { ms: median(0), megabytes: median(1) };
}
