/** Processor time of an order by part, and the memory of everything that `npm start` runs. `--against` names another checkout. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECT_ROOT } from '../launch/project-root.ts';
import { CLIENTS, closedLoop } from './closed-loop.ts';
import { type Milliseconds, PARTS, processorTime, residentMegabytes } from './processes.ts';
import { BUDGET, type Report } from './report.ts';
import { type StartedPlatform, startFrom } from './started-platform.ts';
import { takeTurns } from './take-turns.ts';

/** V8 compiles the functions for each thread: the cost of an order falls for a while. */
const WARM_UP_MS = 20_000;
const ROUNDS = 3;
const MEASURED_MS = 10_000;
/** What has just started gives some of its memory back. */
const REST_MS = 3_000;

interface Measured {
  readonly orders: number;
  readonly perSecond: number;
  readonly spent: Milliseconds;
}

/** @param against the folder of another version of this project, installed and synthesized, which is measured by turns */
export async function benchProcessor(report: Report, against?: string): Promise<void> {
  report.section(
    `Processor time, ${CLIENTS} clients, ${ROUNDS} times ${MEASURED_MS / 1_000} s after ${WARM_UP_MS / 1_000} s`,
  );
  const roots = [PROJECT_ROOT, ...(against === undefined ? [] : [path.resolve(against)])];
  const platforms: StartedPlatform[] = [];
  try {
    for (const root of roots) platforms.push(await startFrom(root));
    const [own] = platforms;
    await sleep(REST_MS);
    report.judge('memory at rest, MB', residentMegabytes(own!.pid), { atMost: BUDGET.restMegabytes }, rounded);
    for (const { placeAndFinish } of platforms) await closedLoop(placeAndFinish, 0, WARM_UP_MS);
    const results = await takeTurns(
      platforms.map((platform) => () => measure(platform)),
      { measured: ROUNDS },
    );
    report.judge('memory under load, MB', residentMegabytes(own!.pid), { atMost: BUDGET.loadMegabytes }, rounded);
    const sums = results.map(perOrder);
    for (const [index, root] of roots.entries()) describe(report, root, sums[index]!, results[index]!);
    if (sums.length === 2) {
      report.judge('processor time over the other', totalOf(sums[0]!) / totalOf(sums[1]!), {
        atMost: BUDGET.processorRatio,
      });
      const [own, other] = results.map(ordersPerSecond);
      report.judge('orders/s over the other', own! / other!, { atLeast: BUDGET.speedup });
    }
  } finally {
    for (const platform of platforms) await platform.close();
  }
}

async function measure({ pid, placeAndFinish }: StartedPlatform): Promise<Measured> {
  const before = processorTime(pid);
  const { latenciesMs, perSecond } = await closedLoop(placeAndFinish, 0, MEASURED_MS);
  const after = processorTime(pid);
  const spent = byPart((part) => after[part] - before[part]);
  return { orders: latenciesMs.length, perSecond, spent };
}

const perOrder = (rounds: readonly Measured[]): Milliseconds =>
  byPart((part) => sum(rounds.map(({ spent }) => spent[part])) / sum(rounds.map(({ orders }) => orders)));

function describe(report: Report, root: string, spent: Milliseconds, rounds: readonly Measured[]): void {
  const name = path.basename(root);
  report.line(`${name}: orders/s`, ordersPerSecond(rounds).toFixed(1));
  for (const part of PARTS) report.line(`${name}: ${part}, ms an order`, spent[part].toFixed(1));
  report.line(`${name}: together, ms an order`, totalOf(spent).toFixed(1));
}

const ordersPerSecond = (rounds: readonly Measured[]): number =>
  sum(rounds.map(({ perSecond }) => perSecond)) / rounds.length;
const byPart = (of: (part: (typeof PARTS)[number]) => number): Milliseconds =>
  Object.fromEntries(PARTS.map((part) => [part, of(part)])) as Milliseconds;
const totalOf = (spent: Milliseconds): number => sum(Object.values(spent));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const rounded = (figure: number): string => figure.toFixed(0);
