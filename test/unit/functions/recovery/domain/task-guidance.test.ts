import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SAGA_STEPS, TASK_KINDS } from '../../../../../functions/recovery/domain/event-data.ts';
import { guidanceOf, unknownOf } from '../../../../../functions/recovery/domain/task-guidance.ts';
import { ROOT } from '../../../../support/docs/markdown.ts';

const SUBJECTS = TASK_KINDS.flatMap((kind) => [{ kind }, ...SAGA_STEPS.map((step) => ({ kind, step }))]);
const guidances = SUBJECTS.map((subject) =>
  guidanceOf({ ...subject, taskId: 'a task', openedAt: '2026-01-01T00:00:00.000Z' }),
);

describe('What a person is told about a task', () => {
  test.each([...new Set(guidances.map(({ runbook }) => runbook))])('names a runbook that exists: %s', (runbook) => {
    expect(existsSync(path.join(ROOT, 'docs/runbooks', `${runbook}.md`))).toBe(true);
  });

  test('says what is not done and what to check, whatever the kind and the step', () => {
    for (const { what, check } of guidances) {
      expect(what).toMatch(/\.$/);
      expect(check).not.toHaveLength(0);
    }
  });

  const task = { taskId: 'a task', openedAt: '2026-01-01T00:00:00.000Z' };
  const PAYMENT = ['PaymentAuthorised', 'PaymentDeclined', 'PaymentCaptured', 'PaymentVoided', 'PaymentRefunded'];
  const SHIPMENT = ['ShipmentsPlanned', 'ShipmentArranged', 'ShipmentCancelled'];
  const STOCK = ['InventoryReserved', 'InventoryReleased'];
  const ENDS = ['CancellationRequested', 'OrderConfirmed', 'OrderCancelled'];
  const REFUNDS = ['RefundRequested', 'RefundFailed'];

  test.each([
    [{ kind: 'compensation', step: 'VoidPayment' }, [...PAYMENT, 'RefundFailed'], 'parked-orders'],
    [{ kind: 'compensation', step: 'CancelShipment' }, SHIPMENT, 'parked-orders'],
    [{ kind: 'compensation', step: 'ReleaseInventory' }, STOCK, 'parked-orders'],
    [{ kind: 'compensation', step: 'CapturePayment' }, [...PAYMENT, ...SHIPMENT, ...STOCK, ...ENDS], 'order-stuck'],
    [{ kind: 'compensation' }, [...PAYMENT, ...SHIPMENT, ...STOCK, ...ENDS], 'order-stuck'],
    [{ kind: 'refund' }, [...PAYMENT, ...REFUNDS], 'parked-orders'],
    [{ kind: 'review' }, [], 'tasks-overdue'],
    [{ kind: 'stuck' }, [...PAYMENT, ...SHIPMENT, ...STOCK, ...ENDS], 'order-stuck'],
    [{ kind: 'books' }, [...PAYMENT, ...STOCK, ...ENDS, ...REFUNDS], 'books-disagree'],
  ] as const)('names the events that tell what is known of it: %j', (subject, known, runbook) => {
    expect(guidanceOf({ ...subject, ...task })).toMatchObject({ known, runbook });
  });

  test.each([
    [{ kind: 'review', error: 'States.Timeout' }, /^Nothing was done/],
    [{ kind: 'stuck', error: 'PaymentOutcomeUnknown' }, /had no answer/],
    [{ kind: 'stuck', error: 'States.Timeout' }, /had no answer/],
    [{ kind: 'stuck', error: 'Sandbox.Timedout' }, /had no answer/],
    [{ kind: 'stuck', error: 'CircuitOpen' }, /was not sent/],
    [{ kind: 'stuck', error: 'PartnerBusy' }, /was not sent/],
    [{ kind: 'stuck', error: 'NoHealthyInstance' }, /was not sent/],
    [{ kind: 'stuck', error: 'NotStates.Timeout' }, /refused or not carried out/],
    [{ kind: 'stuck', error: 'States.TimeoutLater' }, /refused or not carried out/],
    [{ kind: 'stuck', error: 'OutcomeUnknownLater' }, /refused or not carried out/],
    [{ kind: 'stuck', error: 'TimedoutLater' }, /refused or not carried out/],
    [{ kind: 'stuck', error: 'NoCircuitOpen' }, /refused or not carried out/],
    [{ kind: 'stuck', error: 'CircuitOpenLater' }, /refused or not carried out/],
    [{ kind: 'stuck' }, /refused or not carried out/],
  ] as const)('says what the last attempt leaves open: %j', (subject, words) => {
    expect(unknownOf({ ...subject, ...task })).toMatch(words);
  });
});
