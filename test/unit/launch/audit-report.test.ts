import { expect, test } from 'vitest';
import { AuditReport } from '../../../launch/audit/audit-report.ts';

const part = { checked: 2, articles: 1, transfers: 1, findings: [], failed: [], balances: [] };
const finding = {
  orderId: 'order-1',
  rule: 'ClearingIsZero',
  detail: 'clearing has 1 CNY, expected 0.',
  since: '2026-01-02T03:04:05.000Z',
  underWay: false,
};
const { orderId: _, ...others } = finding;
const shortage = {
  ...others,
  sku: 'MUG-BLUE',
  rule: 'CountsSumToReceived',
  detail: 'There are 9, expected the 10 that were received.',
};
const unmatched = {
  ...others,
  transferId: 'E1',
  rule: 'NothingUnmatched',
  detail: 'unmatched has -9 CNY, expected 0.',
  since: '2026-01-04T02:04:05.000Z',
  underWay: true,
};
const reportOf = (...parts: readonly Parameters<AuditReport['add']>[0][]) => {
  const report = new AuditReport(Date.parse('2026-01-04T05:04:05.000Z'));
  for (const each of parts) report.add(each);
  return report;
};

test('A check in parts is clean when the parts together balance', () => {
  const one = { ...part, balances: [{ account: 'channel/card', unit: 'CNY', amount: 5 }] };
  const other = { ...part, balances: [{ account: 'revenue', unit: 'CNY', amount: -5 }] };
  expect(reportOf(one, other).isClean).toBe(true);
  expect(reportOf(one, other).lines()).toEqual([
    '  channel/card                      5 CNY',
    '  revenue                          -5 CNY',
    '✓ The books of 4 orders, 2 articles and 2 transfers without a reference balance, and break no rule.',
  ]);
  expect(reportOf(one).isClean).toBe(false);
  expect(reportOf(one).lines()).toContain('✗ all accounts together have 5 CNY, expected 0.');
});

test('What breaks a rule, and what could not be checked, is named; what is under way is no fault', () => {
  const report = reportOf({
    ...part,
    findings: [finding, { ...finding, orderId: 'order-2', underWay: true }, shortage, unmatched],
    failed: ['order-3', 'stock:TEE', 'transfer:E2'],
  });
  expect(report.isClean).toBe(false);
  expect(report.lines()).toEqual([
    '· order order-2: ClearingIsZero is under way since 2026-01-02T03:04:05.000Z (2 days): clearing has 1 CNY, expected 0.',
    '· transfer E1: NothingUnmatched is under way since 2026-01-04T02:04:05.000Z (3 hours): unmatched has -9 CNY, expected 0.',
    '✗ order order-1: ClearingIsZero: clearing has 1 CNY, expected 0.',
    '✗ article MUG-BLUE: CountsSumToReceived: There are 9, expected the 10 that were received.',
    '✗ order order-3 could not be checked; the log says why.',
    '✗ article TEE could not be checked; the log says why.',
    '✗ transfer E2 could not be checked; the log says why.',
    'The books of 2 orders, 1 articles and 1 transfers without a reference break rules in 5 places.',
  ]);
  expect(reportOf({ ...part, findings: [{ ...finding, underWay: true }] }).isClean).toBe(true);
});
