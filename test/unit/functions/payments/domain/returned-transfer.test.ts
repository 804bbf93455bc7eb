/** What the stream of an order says of a transfer that is to go back. */
import { describe, expect, test } from 'vitest';
import { attemptsOf, openTaskOf } from '../../../../../functions/payments/domain/returned-transfer.ts';
import type { OrderEvent, TaskKind } from '../../../../../functions/published/order-events.ts';
import { created, EVENTS, streamOf } from '../../../../support/orders/streams.ts';

const dueAt = '2026-01-02T00:00:00.000Z';
const opened = (taskId: string, transferId: string, kind: TaskKind = 'transfer'): OrderEvent => ({
  type: 'TaskOpened',
  data: { taskId, kind, transferId, dueAt },
});
const resolved = (taskId: string, transferId: string): OrderEvent => ({
  type: 'TaskResolved',
  data: { taskId, kind: 'transfer', transferId, resolution: 'done_outside' },
});
const resumed = (taskId: string, transferId: string, kind: TaskKind = 'transfer'): OrderEvent => ({
  type: 'TaskResumed',
  data: { taskId, kind, transferId },
});
const stream = (...events: readonly OrderEvent[]) => streamOf([created(), EVENTS.reserved, ...events]);

describe('The task about a transfer that is to go back', () => {
  test.each<[string, readonly OrderEvent[], string | undefined]>([
    ['is none when none was opened', [], undefined],
    ['is the one that was opened', [opened('t1', 'E1')], 't1'],
    ['is none of another transfer', [opened('t1', 'E2')], undefined],
    ['is none of another kind', [opened('t1', 'E1', 'stuck')], undefined],
    ['is none once it is resolved', [opened('t1', 'E1'), resolved('t1', 'E1')], undefined],
    ['is the newest', [opened('t1', 'E1'), resolved('t1', 'E1'), opened('t2', 'E1'), opened('t3', 'E2')], 't2'],
    ['stays while another one is resolved', [opened('t1', 'E1'), opened('t2', 'E2'), resolved('t2', 'E2')], 't1'],
    ['is none that only was resumed', [resumed('t1', 'E1')], undefined],
  ])('%s', (_, events, expected) => {
    expect(openTaskOf('E1', stream(...events))).toBe(expected);
  });
});

describe('The bank may be asked to give a transfer back', () => {
  test.each<[string, readonly OrderEvent[], number]>([
    ['once', [opened('t1', 'E1')], 1],
    ['once more for each time that a person wishes it', [resumed('t1', 'E1'), resumed('t1', 'E1')], 3],
    ['no more often for a wish about another transfer', [resumed('t1', 'E2')], 1],
    ['no more often for a wish about something else', [resumed('t1', 'E1', 'compensation')], 1],
  ])('%s', (_, events, expected) => {
    expect(attemptsOf('E1', stream(...events))).toBe(expected);
  });
});
