import { beforeEach, describe, expect, test, vi } from 'vitest';
import { capturePayment } from '../../../../functions/payments/application/capture.ts';
import { EXCESS } from '../../../../functions/published/order-refunds.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { byCard } from '../../../support/orders/by-card.ts';
import { RefundedOrder, TOTAL } from '../../../support/orders/refunded-order.ts';
import { EVENTS, HAPPY_PATH, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';
import { LateFailures } from '../../../support/payments/late-failures.ts';

/** What the customer has paid beyond the total. */
const MORE = 700;
const PAID = money(TOTAL.amount + MORE, TOTAL.currency);
/** What the shop has set. */
const DUE_SECONDS = 90;
const SUBJECT = { kind: 'refund', refundId: EXCESS } as const;

let order: RefundedOrder;
beforeEach(async () => {
  order = new RefundedOrder();
  await order.gateway.authorise(ORDER_ID, PAID, byCard('tok_ok'));
  await order.gateway.capture(ORDER_ID, PAID);
  // As at a channel where the customer pays at checkout, the capture takes what was paid.
  vi.spyOn(order.gateway, 'capture').mockImplementation(() => order.gateway.find(ORDER_ID));
  await order.record(
    ...HAPPY_PATH.filter(({ type }) => type !== 'PaymentCaptured' && type !== 'OrderConfirmed').map((event, at) =>
      newEvent(event, at),
    ),
  );
});

const capture = () =>
  capturePayment(
    {
      gateways: { card: order.gateway },
      log: order.log,
      now: () => START,
      settings: async () => ({ taskDueSeconds: DUE_SECONDS }),
    },
    { orderId: ORDER_ID, attempt: 0 },
  );
/** The refund is accepted, and fails before its answer. */
const failAtOnce = () => {
  const refund = order.gateway.refund.bind(order.gateway);
  vi.spyOn(order.gateway, 'refund').mockImplementationOnce(async (...asked) => {
    await refund(...asked);
    order.gateway.failRefund(ORDER_ID, EXCESS);
    return order.gateway.find(ORDER_ID);
  });
};
const refunds = () => order.gateway.movements(ORDER_ID).filter((each) => each === 'refund');

describe('What a customer has paid beyond the total', () => {
  test('goes back once, however often the capture is repeated', async () => {
    await capture();
    await capture();
    expect(refunds()).toHaveLength(1);
    const made = await order.events('PaymentRefunded');
    expect(made.map(({ data }) => data)).toMatchObject([{ refundId: EXCESS, amount: { amount: MORE } }]);
  });

  test('is a person’s task when that refund fails, due as any other, and the order does not wait for it', async () => {
    failAtOnce();
    await capture();
    await capture();
    expect(refunds()).toHaveLength(1);
    expect(await order.events('PaymentCaptured', 'RefundFailed', 'TaskOpened')).toMatchObject([
      { type: 'PaymentCaptured' },
      { type: 'RefundFailed', data: { refundId: EXCESS } },
      {
        type: 'TaskOpened',
        data: {
          ...SUBJECT,
          dueAt: new Date(START + 1_000 * DUE_SECONDS).toISOString(),
        },
      },
    ]);
  });

  test.each([
    ['at once', true],
    ['after it was made', false],
  ])(
    'goes back when a person wants it after it has failed %s, and once more when it fails again',
    async (_, isAtOnce) => {
      if (isAtOnce) failAtOnce();
      await capture();
      await order.record(newEvent(EVENTS.confirmed, 30));
      if (!isAtOnce) order.gateway.failRefund(ORDER_ID, EXCESS);
      const late = LateFailures.of(order);
      const tellAndResume = async () => {
        await late.tell({ ofRefund: true });
        await order.consume(await late.resume(SUBJECT));
        await late.tell({ ofRefund: true });
      };
      await tellAndResume();
      expect(await late.broken()).toEqual([]);
      order.gateway.failRefund(ORDER_ID, EXCESS);
      await tellAndResume();
      expect(refunds()).toHaveLength(3);
      expect((await late.said()).slice(-4)).toEqual([
        'RefundFailed',
        'TaskOpened refund',
        'PaymentRefunded',
        'TaskResolved refund',
      ]);
      expect(await late.balances()).toMatchObject({ 'channel/card': TOTAL.amount, clearing: 0 });
      expect(await late.broken()).toEqual([]);
    },
  );
});
