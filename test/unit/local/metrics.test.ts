import { describe, expect, test } from 'vitest';
import { RuntimeMetrics, type Statistic } from '../../../local/metrics.ts';
import { VirtualClock } from '../../support/runtime/virtual-clock.ts';

const METRIC = { namespace: 'Shop', name: 'Size', dimensions: { Queue: 'a', Region: 'b' } };
const MINUTE = 60_000;

describe('What was measured', () => {
  test.each<[Statistic, number]>([
    ['Sum', 9],
    ['Average', 3],
    ['Minimum', 1],
    ['Maximum', 5],
    ['SampleCount', 3],
  ])('is read as its %s', (statistic, expected) => {
    const metrics = new RuntimeMetrics(new VirtualClock());
    for (const [value, at] of [
      [5, 0],
      [1, MINUTE],
      [3, MINUTE + 1],
      [100, 2 * MINUTE],
    ] as const) {
      metrics.put({ ...METRIC, value, at });
    }
    expect(metrics.statistic(METRIC, statistic, 0, 2 * MINUTE)).toBe(expected);
  });

  test('is told apart by its dimensions, in whatever order they are', () => {
    const clock = new VirtualClock();
    const metrics = new RuntimeMetrics(clock);
    metrics.put({ ...METRIC, value: 1 });
    const read = (dimensions: Record<string, string>) =>
      metrics.statistic({ ...METRIC, dimensions }, 'Sum', clock.now(), clock.now() + MINUTE);
    expect(read({ Region: 'b', Queue: 'a' })).toBe(1);
    expect(read({ Queue: 'a' })).toBeUndefined();
  });

  test('is kept for a day', () => {
    const metrics = new RuntimeMetrics(new VirtualClock());
    const day = 24 * 60 * MINUTE;
    metrics.put({ ...METRIC, value: 1, at: 0 });
    metrics.put({ ...METRIC, value: 1, at: day });
    expect(metrics.statistic(METRIC, 'Sum', 0, day + MINUTE)).toBe(1);
  });
});
