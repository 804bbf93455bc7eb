/** How long `npm start` takes until it is ready: the first time after the dependencies were installed, and the next. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from '../launch/project-root.ts';
import { BUDGET, type Report } from './report.ts';

/** What an installation does not have: bundles, the assembly, and the code that Node has compiled. */
const MADE_BY_STARTS = ['dist', 'cdk.out', 'node_modules/.cache/compiled'];

export async function benchStartup(report: Report): Promise<void> {
  report.section('npm start until ready, dependencies installed');
  const dataDir = mkdtempSync(path.join(tmpdir(), 'waybill-bench-'));
  for (const made of MADE_BY_STARTS) rmSync(path.join(PROJECT_ROOT, made), { recursive: true, force: true });
  const first = await secondsUntilReady(dataDir);
  const next = await secondsUntilReady(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  const inTenths = (figure: number) => figure.toFixed(1);
  report.judge(
    'first start (compiles, bundles and synthesizes), s',
    first,
    { atMost: BUDGET.firstReadySeconds },
    inTenths,
  );
  report.judge('next start, s', next, { atMost: BUDGET.readySeconds }, inTenths);
}

async function secondsUntilReady(dataDir: string): Promise<number> {
  const started = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, PORT: '0', WAYBILL_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Stop with Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error(`npm start ended before it was ready:\n${output}`)));
  });
  const seconds = (performance.now() - started) / 1_000;
  child.kill('SIGINT');
  await exited;
  return seconds;
}
