import { describe, expect, test } from 'vitest';
import { boundsAt, capacityLines } from '../../../../launch/capacity/capacity.ts';
import { QUOTAS, SHOP } from '../../../../launch/capacity/quotas.ts';

const boundOf = (name: string, ordersPerSecond: number, shop = {}) =>
  boundsAt(ordersPerSecond, { ...SHOP, ...shop }).find(({ quota }) => quota.name === name) ??
  expect.fail(`There is no limit "${name}".`);

describe('A limit', () => {
  test('binds where the orders of a second use more than it', () => {
    expect(boundOf('Step Functions: StartExecution', 300)).toMatchObject({ used: 300, bindsAt: 300, binds: false });
    expect(boundOf('Step Functions: StartExecution', 301).binds).toBe(true);
  });

  test('of concurrent executions counts seconds, also those that partners take', () => {
    const fast = boundOf('Lambda: concurrent executions', 1, { partnerSeconds: 0.1 });
    const slow = boundOf('Lambda: concurrent executions', 1, { partnerSeconds: 1.1 });
    // A second longer for each of four calls.
    expect(slow.perOrder - fast.perOrder).toBeCloseTo(4);
  });

  test('of a partition depends on how many orders meet there', () => {
    expect(boundOf('DynamoDB: one article in one item', 1, { popularShare: 1 }).bindsAt).toBe(500);
    expect(boundOf('DynamoDB: one article in 16 shards', 1, { popularShare: 1 }).bindsAt).toBe(8_000);
  });

  test('comes with its source and with what to do', () => {
    for (const { source, raise } of QUOTAS) expect([source, raise].every((text) => text.length > 10)).toBe(true);
  });
});

describe('The lines for a person', () => {
  test('begin with the limit that binds first', () => {
    const [, , , first] = capacityLines(1_000);
    expect(first).toContain('✗ Step Functions: StartExecution');
    expect(capacityLines(1_000)).toContain('Step Functions: StartExecution binds first, at 300 orders a second.');
  });

  test('name what to raise, and to how much', () => {
    const lines = capacityLines(1_000).join('\n');
    expect(lines).toContain('Step Functions: StartExecution, to 1,000 or more: ask for more in Service Quotas');
    expect(capacityLines(10)).toContain('None of them binds here.');
  });
});
