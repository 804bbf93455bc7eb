import { expect, test } from '@jest/globals';
import { AuditReport } from '../../../launch/audit/audit-report.ts';

const part = { checked: 2, findings: [], failed: [], balances: [] };
const finding = {
  orderId: 'order-1',
  rule: 'ClearingIsZero',
  detail: 'clearing has 1 CNY, expected 0.',
  since: '2026-01-02T03:04:05.000Z',
  underWay: false,
};
const reportOf = (...parts: readonly Parameters<AuditReport['add']>[0][]) => {
  const report = new AuditReport();
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
    '✓ The books of 4 orders balance, and break no rule.',
  ]);
  expect(reportOf(one).isClean).toBe(false);
  expect(reportOf(one).lines()).toContain('✗ all accounts together have 5 CNY, expected 0.');
});

test('What breaks a rule, and what could not be checked, is named; what is under way is no fault', () => {
  const report = reportOf({
    ...part,
    findings: [finding, { ...finding, orderId: 'order-2', underWay: true }],
    failed: ['order-3'],
  });
  expect(report.isClean).toBe(false);
  expect(report.lines()).toEqual([
    '· order order-2: ClearingIsZero is under way since 2026-01-02T03:04:05.000Z',
    '✗ order order-1: ClearingIsZero: clearing has 1 CNY, expected 0.',
    '✗ order order-3 could not be checked; the log says why.',
    'The books of 2 orders break rules in 2 places.',
  ]);
  expect(reportOf({ ...part, findings: [{ ...finding, underWay: true }] }).isClean).toBe(true);
});
