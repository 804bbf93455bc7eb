/** Collects what was measured, prints it as it comes, and judges it against `bench/budget.json`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Budget {
  /** DynamoDB write request units of one order on the happy path, at most. What else it uses is limited by launch/capacity/order-units.ts. */
  readonly writeUnitsPerOrder: number;
  /** DynamoDB read request units of the same order, at most. */
  readonly readUnitsPerOrder: number;
  /** What functions log for the same order, in bytes as CloudWatch Logs bills them, at most. */
  readonly logBytesPerOrder: number;
  /** What a thousand such orders cost at AWS's list prices with everything in, in dollars, at most. */
  readonly dollarsPerThousandCheckouts: number;
  /** The same of a thousand orders until they are delivered, of which one in twenty is returned. */
  readonly dollarsPerThousandLives: number;
  /** What an environment costs a month before its first order, in dollars, at most. */
  readonly idleDollarsPerMonth: number;
  /** Orders a second of the platform over those of its engine of DynamoDB alone, at least. */
  readonly throughputRatio: number;
  /** A function's minified bundle, in kilobytes of 1,024 bytes, as the bundler limits it, at most. */
  readonly bundleKilobytes: number;
  /** Of a process that has loaded a function: a quarter of what functions have is left for Node's own growth and the work. */
  readonly loadedMegabytes: number;
  /** Loading an order of 10,000 events over loading one of 10, at most. */
  readonly loadingRatio: number;
  /** A query at 100,000 orders over the same at 1,000, in the median and at the 99th percentile, at most. */
  readonly queryRatio: number;
  /** What a caller that floods the API gets over what burst and rate allow, and the other way round, at most. */
  readonly acceptedOverDue: number;
  /** The 99th percentile of other callers' latency meanwhile over the same without the flood, at most. */
  readonly othersLatencyRatio: number;
  /** `npm start` with dependencies installed until ready, in seconds, at most: the first time, and when nothing has changed. */
  readonly firstReadySeconds: number;
  readonly readySeconds: number;
  /** Memory of everything that `npm start` runs, with nothing to do and under load, in megabytes of a million bytes, at most. */
  readonly restMegabytes: number;
  readonly loadMegabytes: number;
  /** Processor time of an order over that of another version, by turns, at most. */
  readonly processorRatio: number;
  /** Orders a second over those of that version, at least. */
  readonly speedup: number;
  /** Orders a second of the embedded runtime over those of MiniStack, with the same app, at least. */
  readonly overEmulator: number;
  /** State transitions a second of the engine of state machines alone, with its journal on disk, at least. */
  readonly transitionsPerSecond: number;
  /** The same over those with the journal in memory, at least. */
  readonly durabilityRatio: number;
  /** 500 buyers of one article at once: their latency in one item over the same in shards, in the median, at the 99th percentile, and there when there are too few units, at least. */
  readonly hotSkuGain: number;
  readonly hotSkuTailGain: number;
  readonly hotSkuSoldOutTailGain: number;
  /** The share of them who get a unit, when there are enough, and the share of units that are sold, when there are not; in shards, at least. */
  readonly hotSkuSold: number;
  readonly hotSkuUnitsSold: number;
  /** Units that were sold twice, or to nobody, or are gone, at most. */
  readonly hotSkuUnitsAstray: number;
}

export const BUDGET = JSON.parse(readFileSync(path.join(import.meta.dirname, 'budget.json'), 'utf8')) as Budget;

export class Report {
  #misses = 0;

  section(title: string): void {
    console.log(`\n── ${title} ${'─'.repeat(Math.max(3, 74 - title.length))}`);
  }

  line(label: string, value: string, note = ''): void {
    console.log(`${label.padEnd(46)} ${value.padStart(14)}   ${note}`.trimEnd());
  }

  /** Prints a figure with its limit and remembers a miss. */
  judge(
    label: string,
    value: number,
    limit: { readonly atMost: number } | { readonly atLeast: number },
    format = (figure: number) => figure.toFixed(2),
  ): void {
    const good = 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
    const bound = 'atMost' in limit ? `at most ${format(limit.atMost)}` : `at least ${format(limit.atLeast)}`;
    this.line(label, format(value), `${good ? '✓' : '✗ MISSED,'} ${bound}`);
    if (!good) this.#misses += 1;
  }

  /** The number of figures outside the budget. */
  get misses(): number {
    return this.#misses;
  }
}

/** The value below which `share` (0 to 1) of `values` lie; nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
