/** Where the functions' own metrics are in CloudWatch, unless the variable below names another place, as where an account has several environments. */
export const METRICS_NAMESPACE = 'Waybill';
export const METRICS_NAMESPACE_VARIABLE = 'POWERTOOLS_METRICS_NAMESPACE';

/** A metric that functions emit and alarms read. */
export interface Metric {
  readonly name: string;
  /** As CloudWatch spells it; amounts of money are in minor units, and have none. */
  readonly unit: 'Count' | 'Milliseconds' | 'None';
}

export interface MetricOptions {
  /**
   * The dimensions of the metric. Each combination of values is a metric of its own, and billed as one. @default none
   */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** Further fields of the log line, for searching: ids and counts. @default none */
  readonly properties?: Readonly<Record<string, string | number>>;
  /** Milliseconds since the epoch. @default now */
  readonly at?: number;
}

/**
 * Measures a value: writes one line in CloudWatch's embedded metric format, from which CloudWatch makes a metric. No
 * call, and nothing to wait for.
 * See docs/decisions/0015-metrics-without-a-package.md.
 */
export const emitMetric = (metric: Metric, value: number, options?: MetricOptions): void =>
  emitMetrics([[metric, value]], options);

/** A metric with what was measured: one value, or up to a hundred. */
export type Measured = readonly [Metric, number | readonly number[]];

/** The same for several metrics with the same dimensions, in one line. */
export const emitMetrics = (measured: readonly Measured[], { dimensions = {}, ...line }: MetricOptions = {}): void =>
  emitTogether([{ measured, dimensions }], line);

/** Metrics with the same dimensions. */
export interface MetricGroup {
  readonly measured: readonly Measured[];
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The same for metrics with several dimensions. In a line a name stands once: no metric, and no dimension, is in two groups. */
export function emitTogether(
  groups: readonly MetricGroup[],
  { properties = {}, at = Date.now() }: Omit<MetricOptions, 'dimensions'> = {},
): void {
  const line = JSON.stringify({
    ...properties,
    ...Object.assign({}, ...groups.map(({ dimensions }) => dimensions)),
    ...Object.fromEntries(groups.flatMap(({ measured }) => measured.map(([{ name }, value]) => [name, value]))),
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: groups.map(({ measured, dimensions }) => ({
        Namespace: process.env[METRICS_NAMESPACE_VARIABLE] ?? METRICS_NAMESPACE,
        Dimensions: [Object.keys(dimensions)],
        Metrics: measured.map(([{ name, unit }]) => ({ Name: name, Unit: unit })),
      })),
    },
  });
  // Not by the console: Lambda wraps its lines in JSON of its own, and CloudWatch then finds no metric.
  process.stdout.write(`${line}\n`);
}
