/** The functions' own metrics: what they emit and alarms read. No imports here. */
export const METRICS_NAMESPACE = 'Waybill';

/** Each metric with its unit, as CloudWatch spells it. */
export const METRICS = {
  /** Requests that went on without a rate limit, because the limiter did not answer in time. */
  RateLimiterUnavailable: 'Count',
  /** How old the oldest event of a batch was when its projection was done; by `Projection`. */
  ProjectionLag: 'Milliseconds',
} as const satisfies Readonly<Record<string, 'Count' | 'Milliseconds'>>;

export type MetricName = keyof typeof METRICS;
