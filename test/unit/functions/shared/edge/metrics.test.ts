import { afterEach, describe, expect, test, vi } from 'vitest';
import { emitMetric, METRICS_NAMESPACE } from '../../../../../functions/shared/edge/metrics.ts';
import { RATE_LIMITER_UNAVAILABLE } from '../../../../../functions/shared/rate-limit/metrics.ts';

const lines: string[] = [];
const captured = () =>
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });

afterEach(() => {
  vi.restoreAllMocks();
  lines.length = 0;
});

describe('A metric', () => {
  test('is one line of the log in the embedded metric format', () => {
    captured();
    emitMetric(RATE_LIMITER_UNAVAILABLE, 1, {
      dimensions: { Api: 'orders' },
      properties: { correlationId: 'corr-1' },
      at: 1_700_000_000_000,
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0]!)).toEqual({
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: METRICS_NAMESPACE,
            Dimensions: [['Api']],
            Metrics: [{ Name: 'RateLimiterUnavailable', Unit: 'Count' }],
          },
        ],
      },
      Api: 'orders',
      RateLimiterUnavailable: 1,
      correlationId: 'corr-1',
    });
  });

  test('has no dimensions unless it is given some, and the time of now', () => {
    captured();
    const begin = Date.now();
    emitMetric(RATE_LIMITER_UNAVAILABLE, 3);
    const { _aws, ...rest } = JSON.parse(lines[0]!) as {
      _aws: { Timestamp: number; CloudWatchMetrics: { Dimensions: string[][] }[] };
    };
    expect(rest).toEqual({ RateLimiterUnavailable: 3 });
    expect(_aws.CloudWatchMetrics[0]!.Dimensions).toEqual([[]]);
    expect(_aws.Timestamp).toBeGreaterThanOrEqual(begin);
  });
});
