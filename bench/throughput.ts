/** Orders a second at 16 clients, beside what DynamoDB Local alone sustains for the same writes, in one run. */
import type { OrderLoad } from './order-load.ts';
import { BUDGET, percentile, type Report } from './report.ts';

export const CLIENTS = 16;
/** V8 compiles the functions of every thread apart, and the JVM takes its time too: what is sustained shows late. */
const WARM_UP_MS = 30_000;
const MEASURED_MS = 15_000;

export interface Throughput {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Runs `work` in closed loops: each client starts anew when it has finished. The warm-up is not counted. */
export async function closedLoop(work: () => Promise<number>): Promise<Throughput> {
  const latenciesMs: number[] = [];
  const begin = performance.now() + WARM_UP_MS;
  const end = begin + MEASURED_MS;
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (performance.now() < end) {
      const took = await work();
      const now = performance.now();
      if (now >= begin && now < end) latenciesMs.push(took);
    }
  }));
  return { perSecond: latenciesMs.length / (MEASURED_MS / 1_000), latenciesMs };
}

export async function benchThroughput(report: Report, load: OrderLoad, alone: Throughput): Promise<void> {
  report.section(`Throughput, ${CLIENTS} clients, ${MEASURED_MS / 1_000} s after ${WARM_UP_MS / 1_000} s of warm-up, data on disk`);
  const platform = await closedLoop(() => load.placeAndFinish());
  report.line('DynamoDB Local alone, same writes, orders/s', alone.perSecond.toFixed(1));
  report.line('the platform, orders/s', platform.perSecond.toFixed(1));
  report.judge('ratio', platform.perSecond / alone.perSecond, { atLeast: BUDGET.throughputRatio });
  report.line('POST to final status, p50', `${percentile(platform.latenciesMs, 0.5).toFixed(0)} ms`);
  report.line('POST to final status, p99', `${percentile(platform.latenciesMs, 0.99).toFixed(0)} ms`);
}
