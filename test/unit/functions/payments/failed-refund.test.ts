import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { factId } from '../../../../functions/shared/kernel/ids.ts';
import {
  FIRST,
  GONE,
  RefundedOrder,
  requested,
  SECOND,
  TOO_LATE,
  TOTAL,
} from '../../../support/orders/refunded-order.ts';
import { newEvent, ORDER_ID } from '../../../support/orders/streams.ts';

let order: RefundedOrder;
beforeEach(async () => {
  order = await RefundedOrder.confirmed();
});

describe('A refund that has failed', () => {
  const tasks = () => order.events('TaskOpened', 'TaskResumed', 'TaskResolved');
  /** The task of the refund, as a person resumes it. */
  async function resume(at = 4_000): Promise<RecordedOrderEvent[]> {
    const [opened] = await tasks();
    const { taskId } = opened!.data as { readonly taskId: string };
    const { length } = await order.log.read(ORDER_ID);
    const event = {
      ...newEvent({ type: 'TaskResumed', data: { taskId, kind: 'refund', refundId: FIRST } }, at),
      eventId: factId(ORDER_ID, `resumed at ${at}`),
    };
    await order.log.append(ORDER_ID, length, [event]);
    return (await order.log.read(ORDER_ID)).slice(length);
  }

  test('is a person’s task, once, however often the event comes', async () => {
    const events = await order.record(requested());
    order.gateway.fates.plan('not carried out');
    for (let time = 0; time < 3; time += 1) expect(await order.consume(events, { at: TOO_LATE })).toEqual(GONE);
    expect((await tasks()).map(({ type, data }) => [type, data])).toEqual([
      [
        'TaskOpened',
        {
          taskId: expect.any(String),
          kind: 'refund',
          refundId: FIRST,
          error: 'gateway_unavailable',
          dueAt: new Date(TOO_LATE + 60_000).toISOString(),
        },
      ],
    ]);
  });

  test('is tried again when a person resumes its task, which is resolved when the money is back', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    const resumed = await resume();
    for (let time = 0; time < 2; time += 1) expect(await order.consume(resumed, { at: TOO_LATE })).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    expect((await tasks()).map(({ type }) => type)).toEqual(['TaskOpened', 'TaskResumed', 'TaskResolved']);
    expect((await order.events('PaymentRefunded', 'RefundFailed')).map(({ type }) => type)).toEqual([
      'RefundFailed',
      'PaymentRefunded',
    ]);
  });

  test('is no task any more when it was requested again and made: its customer gets the money once', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    await order.consume(await order.record(requested(SECOND)));
    expect((await tasks()).map(({ type, data }) => [type, 'refundId' in data && data.refundId])).toEqual([
      ['TaskOpened', FIRST],
      ['TaskResolved', FIRST],
    ]);
  });

  test('stays a task when one for the same amount had been made before, however often that one comes', async () => {
    const first = await order.record(requested(SECOND));
    await order.consume(first);
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    await order.consume(first);
    expect((await tasks()).map(({ type }) => type)).toEqual(['TaskOpened']);
    await order.consume(await resume());
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund', 'refund']);
  });

  test('is not tried again by a person when it was requested again meanwhile', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    const again = await order.record(requested(SECOND));
    expect(await order.consume(await resume())).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
    await order.consume(again);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
    expect((await tasks()).map(({ type }) => type)).toEqual(['TaskOpened', 'TaskResumed', 'TaskResolved']);
  });

  test('stays a task when the gateway refuses it again, which is in its history once for each time', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    await order.consume(await order.record(requested(SECOND, TOTAL.amount - 500)));
    const resumed = await resume();
    for (let time = 0; time < 2; time += 1) expect(await order.consume(resumed)).toEqual(GONE);
    expect((await tasks()).map(({ type }) => type)).toEqual(['TaskOpened', 'TaskResumed']);
    const failures = await order.events('RefundFailed');
    expect(failures.map(({ data }) => data)).toEqual([
      { refundId: FIRST, reason: 'gateway_unavailable' },
      { refundId: FIRST, reason: 'not_enough_left' },
    ]);
    expect(failures[1]!.causationId).toBe(resumed[0]!.eventId);
  });

  test('is tried once for each time that a person resumes its task, however often the event comes', async () => {
    order.gateway.fates.plan('not carried out', 'not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    const resumed = await resume();
    await order.consume(resumed, { at: TOO_LATE + 4_000_000 });
    expect(await order.events('RefundFailed')).toHaveLength(2);
    // The gateway would make it by now.
    for (let time = 0; time < 2; time += 1) expect(await order.consume(resumed)).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
    await order.consume(await resume(9_000));
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture', 'refund']);
  });

  test('is not tried again once a person has made it outside, though its task was resumed before', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    const resumed = await resume();
    const { taskId } = resumed[0]!.data as { readonly taskId: string };
    const data = { taskId, kind: 'refund', refundId: FIRST, resolution: 'done_outside' } as const;
    await order.record(newEvent({ type: 'TaskResolved', data }, 5_000));
    expect(await order.consume(resumed)).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });

  test('has nothing left to do when another one has given all of the payment back', async () => {
    order.gateway.fates.plan('not carried out');
    await order.consume(await order.record(requested()), { at: TOO_LATE });
    const all = await order.record(requested(SECOND, TOTAL.amount));
    for (let time = 0; time < 2; time += 1) expect(await order.consume(all)).toEqual(GONE);
    expect((await tasks()).map(({ type, data }) => [type, 'resolution' in data && data.resolution])).toEqual([
      ['TaskOpened', false],
      ['TaskResolved', 'nothing_to_do'],
    ]);
  });

  test('is no task at all when all of the payment was back before', async () => {
    await order.consume(await order.record(requested(SECOND, TOTAL.amount)));
    expect(await order.consume(await order.record(requested()))).toEqual(GONE);
    expect(await tasks()).toEqual([]);
    expect((await order.events('RefundFailed')).map(({ data }) => data)).toEqual([
      { refundId: FIRST, reason: 'not_enough_left' },
    ]);
  });

  test('is left alone by a task about something else', async () => {
    const data = { taskId: FIRST, kind: 'compensation', step: 'VoidPayment' } as const;
    expect(await order.consume(await order.record(newEvent({ type: 'TaskResumed', data })))).toEqual(GONE);
    expect(order.gateway.movements(ORDER_ID)).toEqual(['authorisation', 'capture']);
  });
});
