import '../../../../support/platform/function-environment.ts';
import { expect, test } from 'vitest';
import { AMOUNT_STEPS, ONLY_CURRENCY } from '../../../../../functions/orders/domain/payable-amounts.ts';
import { AlipayChannel } from '../../../../../functions/payments/adapters/alipay/alipay-channel.ts';
import { CARD_CAPABILITIES } from '../../../../../functions/payments/adapters/card/card-gateway.ts';
import { PaidAtCheckout } from '../../../../../functions/payments/adapters/paid-at-checkout.ts';
import { WechatPayChannel } from '../../../../../functions/payments/adapters/wechat-pay/wechat-pay-channel.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { ORDER_ID } from '../../../../support/orders/streams.ts';

/** Nothing of it may be asked. */
const UNREACHED = new Proxy({}, { get: () => () => Promise.reject(new Error('The channel was asked.')) });

test.each([
  ['alipay', new AlipayChannel(UNREACHED as never)],
  ['wechat_pay', new WechatPayChannel(UNREACHED as never)],
] as const)(
  '%s is asked for no amount in another currency than its own, which orders know',
  async (method, channel) => {
    expect(channel.capabilities.currency).toBe(ONLY_CURRENCY[method]);
    const gateway = new PaidAtCheckout({ channel, refunds: async () => ({ ids: [], attempts: 1, told: [] }) });
    await expect(gateway.authorise(ORDER_ID, money(150, 'JPY'), {} as never)).rejects.toMatchObject({
      name: 'PaymentRequestRefused',
      message: expect.stringMatching(/it takes CNY, and the order is in JPY/),
    });
  },
);

test('a card is asked for no amount that its gateway cannot take, which orders know', () => {
  expect(AMOUNT_STEPS).toEqual({ card: CARD_CAPABILITIES.amountSteps });
});
