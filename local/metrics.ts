import type { Clock, Measurement, MetricName, Metrics } from './contracts.ts';

export type Statistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount';

interface Bucket {
  sum: number;
  count: number;
  minimum: number;
  maximum: number;
}

/** Everything that was measured of one metric since the start. */
export interface Total extends MetricName {
  readonly sum: number;
  readonly count: number;
  /** What was measured last. */
  readonly last: number;
}

const MINUTE_MS = 60_000;
/** The longest time that CloudWatch lets an alarm look back. */
const KEPT_MINUTES = 24 * 60;

/** What was measured, by metric and minute, for a day. It is in memory: after a restart, measuring begins anew. */
export class RuntimeMetrics implements Metrics {
  readonly #clock: Clock;
  readonly #metrics = new Map<string, Map<number, Bucket>>();
  readonly #totals = new Map<string, Total>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put({ value, at = this.#clock.now(), ...metric }: Measurement): void {
    const key = keyOf(metric);
    const { sum = 0, count = 0 } = this.#totals.get(key) ?? {};
    this.#totals.set(key, { ...metric, sum: sum + value, count: count + 1, last: value });
    let buckets = this.#metrics.get(key);
    if (buckets === undefined) this.#metrics.set(key, (buckets = new Map<number, Bucket>()));
    const minute = Math.floor(at / MINUTE_MS);
    const bucket = buckets.get(minute);
    if (bucket === undefined) {
      buckets.set(minute, { sum: value, count: 1, minimum: value, maximum: value });
      for (const old of buckets.keys()) if (old <= minute - KEPT_MINUTES) buckets.delete(old);
      return;
    }
    bucket.sum += value;
    bucket.count += 1;
    bucket.minimum = Math.min(bucket.minimum, value);
    bucket.maximum = Math.max(bucket.maximum, value);
  }

  /** Of every metric that was measured since the start. */
  totals(): readonly Total[] {
    return [...this.#totals.values()];
  }

  /** A statistic of the minutes from `fromMs` to before `toMs`; undefined when nothing was measured. */
  statistic(metric: MetricName, statistic: Statistic, fromMs: number, toMs: number): number | undefined {
    const buckets = this.#metrics.get(keyOf(metric));
    const from = Math.floor(fromMs / MINUTE_MS);
    const to = Math.floor(toMs / MINUTE_MS);
    const found = [...(buckets ?? [])].filter(([minute]) => minute >= from && minute < to).map(([, bucket]) => bucket);
    if (found.length === 0) return undefined;
    const sum = found.reduce((total, bucket) => total + bucket.sum, 0);
    const count = found.reduce((total, bucket) => total + bucket.count, 0);
    switch (statistic) {
      case 'Sum':
        return sum;
      case 'SampleCount':
        return count;
      case 'Average':
        return sum / count;
      case 'Minimum':
        return Math.min(...found.map(({ minimum }) => minimum));
      case 'Maximum':
        return Math.max(...found.map(({ maximum }) => maximum));
    }
  }
}

const keyOf = ({ namespace, name, dimensions }: MetricName): string =>
  JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([left], [right]) => (left < right ? -1 : 1))]);
