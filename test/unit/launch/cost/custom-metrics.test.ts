import { expect, test } from 'vitest';
import { CUSTOM_METRICS, MOST_CUSTOM_METRICS } from '../../../../launch/cost/custom-metrics.ts';
import { METRICS_OF_FUNCTIONS } from '../../../support/metrics-of-functions.ts';

test('The bill has every metric that functions write, and no other', () => {
  expect(Object.keys(CUSTOM_METRICS).sort()).toEqual([...METRICS_OF_FUNCTIONS].sort());
});

test('The bill has each combination of dimensions', () => {
  expect(CUSTOM_METRICS).toMatchObject({ OrdersCancelled: 13, PartnerCalls: 5, OrdersWaiting: 8, OrdersPlaced: 1 });
  expect(MOST_CUSTOM_METRICS).toBeGreaterThan(100);
});
