import { afterEach, describe, expect, test } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { command, orderOnce } from '../../support/api/command-requests.ts';
import { finalOrder, historyTypes, type OrderOptions, place } from '../../support/api/order-requests.ts';
import { asOperator } from '../../support/api/tokens.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { Wallet } from '../../support/platform/wallets.ts';
import { until } from '../../support/run/eventually.ts';

/** Of one T-shirt, in minor units. */
const PRICE = 12_900;
const PAID = ['payment', PRICE];
const REFUNDED = ['refund', PRICE];

/** The saga waits, and the channel tells: which comes first is not said. */
const BESIDE = ['StepDelayed', 'PaymentNotified'];

const WAYS = [
  ['Alipay’s page', { type: 'alipay', via: 'page' }, 'alipayUrl', 'redirect', '200 success'],
  ['Alipay’s code', { type: 'alipay', via: 'qr_code' }, 'alipayUrl', 'qr_code', '200 success'],
  [
    'WeChat Pay’s page on a phone',
    { type: 'wechat_pay', via: 'h5', customerIp: '203.0.113.7' },
    'wechatPayUrl',
    'redirect',
    '204 ',
  ],
] as const;

/** Payments at Alipay and WeChat Pay; the channels' ledgers tell what was paid. */
export function walletPayments(platform: SuitePlatform): void {
  describe.each(WAYS)('An order that is paid by %s', (_, paymentMethod, address, action, taken) => {
    const wallet = () => new Wallet(platform.instance[address]);
    /** Places an order and waits until it says what its customer has to do. */
    async function placed(options: OrderOptions = {}) {
      const orderId = await place(platform.instance.url, { ...options, paymentMethod });
      return orderOnce(platform.instance.url, orderId, 'waits for its customer', ({ payment }) => !!payment.action);
    }
    const final = (orderId: string) => finalOrder(platform.instance.url, orderId);
    const history = (orderId: string) => historyTypes(platform.instance.url, orderId);
    const cancel = (orderId: string) => command(platform.instance.url, orderId, 'cancel', {});
    const recorded = (orderId: string, type: string) =>
      until(`${type} of ${orderId}`, async () => (await history(orderId)).includes(type));

    afterEach(() => wallet().notify('deliver'));

    test('says what to do and until when, and is confirmed after the channel has told that it is paid', async () => {
      const { orderId, status, payment } = await placed();
      expect([status, payment.status, payment.action!.type]).toEqual(['payment_pending', 'pending', action]);
      expect(Date.parse(payment.expiresAt!)).toBeGreaterThan(Date.now());
      expect(await wallet().pay(orderId, payment.action!)).toBe('paid');

      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      expect(await wallet().money(orderId)).toEqual([PAID]);
      await recorded(orderId, 'PaymentNotified');
      expect((await history(orderId)).filter((type) => !BESIDE.includes(type))).toEqual([
        'OrderCreated',
        'InventoryReserved',
        'PaymentActionRequired',
        'PaymentCaptured',
        'ShipmentsPlanned',
        'ShipmentArranged',
        'OrderConfirmed',
      ]);
      await until('the answer that ends the repetitions', async () =>
        (await wallet().answers(orderId)).includes(taken),
      );
    });

    test('ends with nothing taken when its customer leaves and cancels, and cannot be paid afterwards', async () => {
      const { orderId, payment } = await placed();
      await cancel(orderId);
      expect(await final(orderId)).toMatchObject({ status: 'cancelled', parked: false });
      expect(await wallet().pay(orderId, payment.action!)).toBe('refused');
      expect(await wallet().money(orderId)).toEqual([]);
    });

    test('waits on when its customer’s wallet refuses, and is confirmed when the customer tries again', async () => {
      const { orderId, payment } = await placed();
      await wallet().refuse(orderId, payment.action!);
      const found = await callApi(platform.instance.url, `/orders/${orderId}/payment/at-gateway`, {
        headers: await asOperator(platform.instance.url, 'orders:read'),
      });
      expect(await found.json()).toMatchObject({ payment: { status: 'pending' } });
      expect(await wallet().money(orderId)).toEqual([]);
      expect(await wallet().pay(orderId, payment.action!)).toBe('paid');
      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      expect(await wallet().money(orderId)).toEqual([PAID]);
    });

    test('is refunded in part', async () => {
      const { orderId, payment } = await placed({ items: [{ sku: 'TSHIRT', quantity: 2 }] });
      expect(await wallet().pay(orderId, payment.action!)).toBe('paid');
      expect(await final(orderId)).toMatchObject({ status: 'processing' });
      await command(platform.instance.url, orderId, 'ship', {});
      const items = [{ sku: 'TSHIRT', quantity: 1 }];
      const { refundId } = await command(platform.instance.url, orderId, 'refunds', { type: 'items', items });
      await orderOnce(platform.instance.url, orderId, `has made refund ${refundId}`, ({ refunds }) =>
        refunds.some((one) => one.refundId === refundId && one.status === 'refunded'),
      );
      expect(await wallet().money(orderId)).toEqual([['payment', 2 * PRICE], REFUNDED]);
    });

    test('that the shop’s staff refunds in part at the channel has a person say why, and gives back the rest alone', async () => {
      const { orderId, payment } = await placed();
      expect(await wallet().pay(orderId, payment.action!)).toBe('paid');
      expect(await final(orderId)).toMatchObject({ status: 'processing' });
      await wallet().refundThere(orderId, 900);
      await recorded(orderId, 'TaskOpened');
      const seen = await orderOnce(
        platform.instance.url,
        orderId,
        'shows the refund',
        ({ payment: { status } }) => !!status,
      );
      expect(seen.payment).toMatchObject({ status: 'captured', refunded: { amount: 900 } });
      await cancel(orderId);
      expect(await final(orderId)).toMatchObject({ status: 'cancelled', payment: { status: 'refunded' } });
      expect(await wallet().money(orderId)).toEqual([PAID, ['refund', 900], ['refund', PRICE - 900]]);
    });

    test('gives back what was paid while it was cancelled, once, although the channel tells of it late and twice', async () => {
      await wallet().notify('hold');
      const { orderId, payment } = await placed();
      expect(await wallet().pay(orderId, payment.action!)).toBe('paid');
      await cancel(orderId);
      expect(await final(orderId)).toMatchObject({ status: 'cancelled', payment: { status: 'refunded' } });
      expect(await wallet().money(orderId)).toEqual([PAID, REFUNDED]);

      expect([await wallet().send(orderId), await wallet().send(orderId)]).toEqual([taken, taken]);
      await recorded(orderId, 'PaymentNotified');
      expect((await history(orderId)).filter((type) => type === 'PaymentNotified')).toHaveLength(1);
      expect(await wallet().money(orderId)).toEqual([PAID, REFUNDED]);
    });

    test('is not moved by a forged notification, and goes on with the true one', async () => {
      await wallet().notify('hold');
      const { orderId, payment } = await placed();
      expect(await wallet().pay(orderId, payment.action!)).toBe('paid');
      expect(await wallet().send(orderId, { forged: true })).toMatch(/^401 /);
      expect(await history(orderId)).not.toContain('PaymentNotified');

      expect(await wallet().send(orderId)).toBe(taken);
      expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
      expect(await wallet().money(orderId)).toEqual([PAID]);
    });
  });

  test.each([
    ['tells of it', 'deliver'],
    ['tells nothing', 'hold'],
  ] as const)(
    'An order that is paid at Alipay just before its trade is cancelled has its money back from Alipay, once, when Alipay %s',
    async (_, notifications) => {
      const wallet = new Wallet(platform.instance.alipayUrl);
      await wallet.notify(notifications);
      const paymentMethod = { type: 'alipay', via: 'qr_code' };
      const orderId = await place(platform.instance.url, { paymentMethod });
      await orderOnce(platform.instance.url, orderId, 'waits for its customer', ({ payment }) => !!payment.action);
      await wallet.payBefore('alipay.trade.cancel');
      await command(platform.instance.url, orderId, 'cancel', {});
      const given = await orderOnce(
        platform.instance.url,
        orderId,
        'has its money back',
        ({ status, payment }) => status === 'cancelled' && payment.status === 'refunded',
      );
      expect(given).toMatchObject({
        parked: false,
        payment: { amount: { amount: PRICE }, refunded: { amount: PRICE } },
      });
      expect(await wallet.money(orderId)).toEqual([PAID, REFUNDED]);
      const types = await historyTypes(platform.instance.url, orderId);
      expect(types).not.toContain('TaskOpened');
      expect(types.filter((type) => type.startsWith('Payment') && type !== 'PaymentNotified')).toEqual([
        'PaymentActionRequired',
        'PaymentCaptured',
        'PaymentRefunded',
      ]);
      await wallet.notify('deliver');
    },
  );
}
