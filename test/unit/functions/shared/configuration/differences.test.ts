import { describe, expect, it } from 'vitest';
import { differencesBetween } from '../../../../../functions/shared/configuration/differences.ts';
import { configurationOf, DEFAULT_CONFIGURATION } from '../../../../../functions/shared/configuration/document.ts';
import type { Json } from '../../../../../functions/shared/configuration/merged.ts';

const configured = (settings: Json) => {
  const configuration = configurationOf(settings);
  if (!configuration.ok) throw new Error('The example is wrong.');
  return configuration.value;
};

describe('The differences between two configurations', () => {
  it('are none between equal ones', () => {
    expect(differencesBetween(DEFAULT_CONFIGURATION, configured({}))).toEqual([]);
  });

  it('name each setting that has another value, that is new, or that is gone', () => {
    const before = configured({ partners: { carrier: { maxConcurrent: 5 } } });
    const after = configured({
      breaker: { failureRate: null },
      partners: { carrier: { limit: { perSecond: 9, burst: 10 } } },
    });
    expect(differencesBetween(before, after)).toEqual([
      { path: 'breaker.failureRate.percent', from: 60 },
      { path: 'breaker.failureRate.minimumCalls', from: 20 },
      { path: 'breaker.failureRate.windowSeconds', from: 60 },
      { path: 'partners.carrier.maxConcurrent', from: 5 },
      { path: 'breaker.failureRate', to: null },
      { path: 'partners.carrier.limit.perSecond', to: 9 },
      { path: 'partners.carrier.limit.burst', to: 10 },
    ]);
  });
});
