/** Where the functions' own metrics are in CloudWatch. */
export const METRICS_NAMESPACE = 'Waybill';

/** A metric that functions emit and alarms read. */
export interface Metric {
  readonly name: string;
  /** As CloudWatch spells it. */
  readonly unit: 'Count' | 'Milliseconds';
}

export interface MetricOptions {
  /** What the metric is told apart by. Each combination of values is a metric of its own, and billed as one. @default none */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** What the log line says besides, for the person who searches it: ids and counts. @default nothing */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** Milliseconds since the epoch. @default now */
  readonly at?: number;
}

/**
 * Measures something: one line in the log, in CloudWatch's embedded metric format, of which CloudWatch makes a metric. No
 * call, and nothing to wait for.
 * See docs/decisions/0015-metrics-without-a-package.md.
 */
export function emitMetric(
  { name, unit }: Metric,
  value: number,
  { dimensions = {}, properties = {}, at = Date.now() }: MetricOptions = {},
): void {
  const line = JSON.stringify({
    ...properties,
    ...dimensions,
    [name]: value,
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: [{ Name: name, Unit: unit }],
        },
      ],
    },
  });
  // Not by the console: Lambda wraps its lines in JSON of its own, and CloudWatch then finds no metric.
  process.stdout.write(`${line}\n`);
}
