/** Orders a second of the embedded runtime and of MiniStack, with the same app, by turns. Linux only; needs Python 3. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderIn } from '../launch/emulator/data-folder.ts';
import { type Deployment, deploy } from '../launch/emulator/deployment.ts';
import { type StartedMiniStack, startMiniStack } from '../launch/emulator/ministack.ts';
import { PROJECT_ROOT } from '../launch/project-root.ts';
import { freePort } from '../local/free-port.ts';
import { CLIENTS, closedLoop, type Throughput } from './closed-loop.ts';
import { BUDGET, percentile, type Report } from './report.ts';
import { ordersAt, type StartedPlatform, startFrom } from './started-platform.ts';
import { takeTurns } from './take-turns.ts';

/** The functions of both are processes or threads that start with the first orders. */
const WARM_UP_MS = 30_000;
const ROUNDS = 4;
const MEASURED_MS = 15_000;
const RUN_IN_MS = 3_000;

export async function benchEmulator(report: Report): Promise<void> {
  report.section(
    `The embedded runtime and MiniStack, ${CLIENTS} clients, ${ROUNDS} times ${MEASURED_MS / 1_000} s in turns after ${WARM_UP_MS / 1_000} s of warm-up`,
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'waybill-bench-'));
  let emulator: StartedMiniStack | undefined;
  let deployment: Deployment | undefined;
  let embedded: StartedPlatform | undefined;
  try {
    emulator = await startMiniStack(`http://127.0.0.1:${await freePort()}`, folderIn(process.env));
    deployment = await deploy({ emulator, folder, onProgress: () => {}, warn: console.warn });
    embedded = await startFrom(PROJECT_ROOT);
    const works = [embedded.placeAndFinish, ordersAt(deployment.app.url)] as const;
    for (const work of works) await closedLoop(work, 0, WARM_UP_MS);
    const [ours, theirs] = await takeTurns(
      [() => closedLoop(works[0], RUN_IN_MS, MEASURED_MS), () => closedLoop(works[1], RUN_IN_MS, MEASURED_MS)],
      { measured: ROUNDS },
    );
    describe(report, 'the embedded runtime', ours);
    describe(report, 'MiniStack', theirs);
    report.judge('orders/s over those of MiniStack', rateOf(ours) / rateOf(theirs), { atLeast: BUDGET.overEmulator });
  } finally {
    await embedded?.close();
    await deployment?.close();
    await emulator?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const rateOf = (rounds: readonly Throughput[]): number =>
  rounds.reduce((sum, { perSecond }) => sum + perSecond, 0) / rounds.length;

function describe(report: Report, name: string, rounds: readonly Throughput[]): void {
  const each = rounds.map(({ perSecond }) => perSecond.toFixed(1)).join(', ');
  const latenciesMs = rounds.flatMap((round) => round.latenciesMs);
  report.line(`${name}, orders/s by round`, each);
  report.line(`${name}, POST to final status, p50`, `${percentile(latenciesMs, 0.5).toFixed(0)} ms`);
}
