import { describe, expect, test } from 'vitest';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { unfinishedUndo } from '../../../../../functions/recovery/domain/unfinished-undo.ts';
import { unfinishedWork } from '../../../../../functions/recovery/domain/unfinished-work.ts';
import { CHANGE_ID, created, EVENTS, ORDER_ID, streamOf } from '../../../../support/orders/streams.ts';

const event = (type: string, data: object = {}) => ({ type, data }) as unknown as OrderEvent;
const cancelledWith = (...parked: readonly string[]) => event('OrderCancelled', { ...EVENTS.cancelled.data, parked });
const ofStep = (step: string) => ({ taskId: `task-of-${step}`, kind: 'compensation', step });
const opened = (step: string) => event('TaskOpened', { ...ofStep(step), dueAt: '2026-01-02T13:04:05.000Z' });
const resumed = (step: string) => event('TaskResumed', ofStep(step));
const resolved = (step: string) => event('TaskResolved', { ...ofStep(step), resolution: 'completed' });
const again = (type: string) =>
  event(type, { ...ofStep('VoidPayment'), taskId: 'second-task', dueAt: '2026-01-02T13:04:05.000Z' });
const STUCK = { taskId: 'task-stuck', kind: 'stuck' };

describe('What is left to undo', () => {
  const left = (...events: readonly OrderEvent[]) => unfinishedUndo(streamOf([created(), ...events]));

  test.each<[string, readonly OrderEvent[]]>([
    ['of an order that is not cancelled', [EVENTS.voided]],
    ['of one that was undone before', [cancelledWith()]],
    ['after the shipment was cancelled', [cancelledWith('CancelShipment'), EVENTS.shipmentCancelled]],
    ['after the payment was voided', [cancelledWith('VoidPayment'), EVENTS.voided]],
    ['after the payment was refunded', [cancelledWith('VoidPayment'), EVENTS.refunded]],
    ['after the stock was released', [cancelledWith('ReleaseInventory'), EVENTS.released]],
    ['while a person has it', [cancelledWith('VoidPayment'), opened('VoidPayment')]],
    ['while a person has what has failed since', [EVENTS.refunded, cancelledWith(), opened('VoidPayment')]],
    ['after a person has seen to it', [cancelledWith('VoidPayment'), opened('VoidPayment'), resolved('VoidPayment')]],
  ])('is nothing %s', (_, events) => {
    expect(left(...events)).toBeUndefined();
  });

  test.each<[string, readonly OrderEvent[], number]>([
    ['as long as nothing was undone', [cancelledWith('VoidPayment')], 0],
    ['when only something else was undone', [cancelledWith('VoidPayment', 'CancelShipment'), EVENTS.voided], 0],
    ['when it was undone before the order was cancelled', [EVENTS.voided, cancelledWith('VoidPayment')], 0],
    ['when a person has something else', [cancelledWith('VoidPayment'), opened('CancelShipment')], 0],
    [
      'as often as a person had it tried again',
      [cancelledWith('VoidPayment', 'CancelShipment'), opened('VoidPayment'), resumed('VoidPayment')],
      1,
    ],
    [
      'when it was done, and has failed since, as often as a person had it tried again',
      [EVENTS.refunded, cancelledWith(), opened('VoidPayment'), resumed('VoidPayment'), resumed('VoidPayment')],
      2,
    ],
    [
      'when a second task of it was resumed',
      [
        cancelledWith('VoidPayment'),
        opened('VoidPayment'),
        EVENTS.refunded,
        resolved('VoidPayment'),
        again('TaskOpened'),
        again('TaskResumed'),
      ],
      1,
    ],
  ])('is there %s', (_, events, times) => {
    expect(left(...events)).toEqual({ resumed: times });
  });
});

describe('What is under way for an order', () => {
  const workOf = (...events: readonly OrderEvent[]) => unfinishedWork(streamOf([created(), ...events]));
  const order = { machine: 'order', name: ORDER_ID };
  const cancellation = { machine: 'cancellation', name: ORDER_ID };
  const change = { machine: 'items-change', name: `${ORDER_ID}_${CHANGE_ID}`, changeId: CHANGE_ID };

  test('is its saga until it ends', () => {
    expect(workOf(EVENTS.reserved).work).toMatchObject([{ watched: [order], first: order, again: order }]);
    expect(workOf(EVENTS.reserved, EVENTS.confirmed).work).toEqual([]);
  });

  test.each([
    ['parked', EVENTS.parked],
    ['released', EVENTS.released],
    ['declined', EVENTS.declined],
    ['refunded', EVENTS.refunded],
    ['voided', EVENTS.voided],
    ['with a cancelled shipment', EVENTS.shipmentCancelled],
    ['with a task for an undo', opened('VoidPayment')],
  ])('is not begun anew once its saga compensates: %s', (_, begins) => {
    expect(workOf(begins).work[0]).not.toHaveProperty('again');
    expect(workOf(event('TaskOpened', { ...STUCK, dueAt: '' })).work[0]).toHaveProperty('again');
  });

  test.each([
    ['that was confirmed: by the saga of the cancellation', [EVENTS.confirmed], [cancellation]],
    ['that was not: by that of the order, too', [], [order, cancellation]],
  ])('is the undo of a cancelled order %s', (_, before, watched) => {
    const cancelled = cancelledWith('VoidPayment');
    expect(workOf(...before, cancelled).work).toMatchObject([{ watched, resumed: 0, isDoneBySuccess: true }]);
    const tried = [cancelled, opened('VoidPayment'), resumed('VoidPayment')];
    expect(workOf(...before, ...tried).work).toMatchObject([{ watched, resumed: 1, isDoneBySuccess: false }]);
  });

  test('is a change of items that nothing has answered', () => {
    const requested = event('ItemsChangeRequested', { changeId: CHANGE_ID });
    expect(workOf(EVENTS.confirmed, requested).work).toEqual([{ watched: [change], first: change, again: change }]);
    expect(workOf(EVENTS.confirmed, event('ItemsChangeRefused'), requested, EVENTS.captured).work).toHaveLength(1);
    expect(workOf(EVENTS.confirmed).work).toEqual([]);
  });

  test.each(['ItemsChanged', 'ItemsChangeRefused'])('is no change of items after %s', (answer) => {
    const requested = event('ItemsChangeRequested', { changeId: CHANGE_ID });
    expect(workOf(EVENTS.confirmed, requested, event(answer)).work).toEqual([]);
    expect(workOf(EVENTS.confirmed, requested, cancelledWith()).work).toEqual([]);
  });

  test('is with a person while a task says that it is stuck', () => {
    const stuck = event('TaskOpened', { ...STUCK, dueAt: '' });
    expect(workOf(opened('VoidPayment')).stuck).toBeUndefined();
    expect(workOf(stuck).stuck).toMatchObject({ type: 'TaskOpened', data: STUCK });
    expect(workOf(stuck, event('TaskResolved', { ...STUCK, resolution: 'completed' })).stuck).toBeUndefined();
    expect(workOf(stuck, event('TaskResumed', STUCK), resumed('VoidPayment')).resumed).toBe(1);
  });

  test('knows the open tasks that only the platform can end', () => {
    const completion = event('TaskOpened', { taskId: 'task-2', kind: 'completion', step: 'ConfirmOrder', dueAt: '' });
    const stuck = event('TaskOpened', { ...STUCK, dueAt: '' });
    const idsOf = (...events: readonly OrderEvent[]) => workOf(...events).ofThePlatform.map(({ data }) => data.taskId);
    expect(idsOf(completion, stuck, opened('VoidPayment'))).toEqual(['task-2', STUCK.taskId]);
    expect(idsOf(completion, stuck, event('TaskResolved', { ...STUCK, resolution: 'completed' }))).toEqual(['task-2']);
  });
});
