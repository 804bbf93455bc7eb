import { beforeEach, describe, expect, test, vi } from 'vitest';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { FIRST, GONE, TOTAL } from '../../../support/orders/refunded-order.ts';
import { EVENTS, newEvent, ORDER_ID } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

const ofRefund = { kind: 'refund', refundId: FIRST } as const;
const AMOUNT = money(1_000, 'CNY');

let late: LateFailures;
beforeEach(async () => {
  late = await LateFailures.confirmed();
  await late.refund(FIRST, AMOUNT.amount);
  late.failLater();
  await late.tell();
});

describe('A refund that failed later and is made anew', () => {
  test('is not believed to have failed once more while the channel does not show it yet', async () => {
    const withoutIt = await late.order.gateway.find(ORDER_ID);
    await late.order.consume(await late.resume(ofRefund));
    const said = await late.said();
    vi.spyOn(late.order.gateway, 'find').mockResolvedValue(withoutIt);
    expect(await late.tell()).toEqual(GONE);
    expect(await late.said()).toEqual(said);
    expect(await late.broken()).toEqual([]);
  });

  describe('when the order is cancelled before that is recorded', () => {
    const cancel = () =>
      late.order.record(
        newEvent({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'processing' } }, 90),
      );
    const expectOnce = async () => {
      await late.order.record(newEvent(EVENTS.released, 91));
      const events = await late.order.log.read(ORDER_ID);
      expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
      expect(await late.broken()).toEqual([]);
      expect(await late.balances()).toMatchObject({ 'channel/card': 0, clearing: 0 });
      expect((await late.folded()).payment).toMatchObject({ refunded: TOTAL });
    };

    test('is in the history as made anew', async () => {
      await late.resume(ofRefund);
      await late.order.gateway.refund(ORDER_ID, FIRST, AMOUNT, true);
      await cancel();
      await late.undo();
      await expectOnce();
    });

    test('is in the history once, whoever records it first', async () => {
      const resumed = await late.resume(ofRefund);
      const { gateway, log } = late.order;
      await gateway.refund(ORDER_ID, FIRST, AMOUNT, true);
      await cancel();
      const read = log.read.bind(log);
      // The attempt of the person's wish has read the stream before the cancellation, and records what it got when the cancellation is about to.
      const before = (await read(ORDER_ID)).slice(0, -1);
      let isSlow = true;
      const reading = vi.spyOn(log, 'read').mockImplementation(async (...args) => {
        const stream = await read(...args);
        const compensated = stream.at(-1)?.type === 'PaymentRefunded' && args[1] === undefined;
        if (!isSlow || !compensated) return stream;
        isSlow = false;
        reading.mockResolvedValueOnce(before);
        await late.order.consume(resumed);
        return stream;
      });
      await expect(late.undo()).rejects.toMatchObject({ name: 'ConcurrencyConflict' });
      expect(isSlow).toBe(false);
      await late.undo();
      await expectOnce();
    });
  });
});
