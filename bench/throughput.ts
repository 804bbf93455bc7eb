/** Orders a second at 16 clients, beside what the engine of DynamoDB alone sustains for the same writes, in one run. */
import { engineHere } from '../local/dynamodb/engines.ts';
import { CLIENTS, closedLoop, type OrderWork, type Throughput } from './closed-loop.ts';
import { BUDGET, percentile, type Report } from './report.ts';
import { takeTurns } from './take-turns.ts';

/** V8 compiles the functions for each thread, and the JVM needs time as well: the sustained rate comes late. */
const WARM_UP_MS = 30_000;
/** A machine can be slow for half a minute: the two take turns several times, so that slow moments affect both. */
const ROUNDS = 4;
const MEASURED_MS = 10_000;
/** At the beginning of a round no order can have ended yet. */
const RUN_IN_MS = 2_000;

/** Warms both up, then lets them take turns. */
export async function benchThroughput(
  report: Report,
  work: { readonly alone: OrderWork; readonly platform: OrderWork },
): Promise<void> {
  report.section(
    `Throughput on ${engineHere().title}, ${CLIENTS} clients, ${ROUNDS} times ${MEASURED_MS / 1_000} s in turns after ${WARM_UP_MS / 1_000} s of warm-up, data on disk`,
  );
  await closedLoop(work.alone, 0, WARM_UP_MS);
  await closedLoop(work.platform, 0, WARM_UP_MS);
  const [alone, platform] = await takeTurns(
    [() => closedLoop(work.alone, RUN_IN_MS, MEASURED_MS), () => closedLoop(work.platform, RUN_IN_MS, MEASURED_MS)],
    { measured: ROUNDS },
  );
  for (const [round, { perSecond }] of platform.entries()) {
    report.line(
      `round ${round + 1}: alone, the platform, orders/s`,
      `${alone[round]!.perSecond.toFixed(1)}, ${perSecond.toFixed(1)}`,
    );
  }
  report.line('the engine alone, same writes, orders/s', meanRate(alone).toFixed(1));
  report.line('the platform, orders/s', meanRate(platform).toFixed(1));
  report.judge('ratio', meanRate(platform) / meanRate(alone), { atLeast: BUDGET.throughputRatio });
  const latenciesMs = platform.flatMap((round) => round.latenciesMs);
  report.line('POST to final status, p50', `${percentile(latenciesMs, 0.5).toFixed(0)} ms`);
  report.line('POST to final status, p99', `${percentile(latenciesMs, 0.99).toFixed(0)} ms`);
}

const meanRate = (rounds: readonly Throughput[]): number =>
  rounds.reduce((sum, { perSecond }) => sum + perSecond, 0) / rounds.length;
