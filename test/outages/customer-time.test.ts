/** What becomes of a payment of which nobody tells, and of an order whose customer does not pay in time: each waits for real, all at once. */
import { beforeAll, describe, expect, test } from 'vitest';
import { orderOnce } from '../support/api/command-requests.ts';
import { finalOrder, historyTypes, type OrderOptions, place } from '../support/api/order-requests.ts';
import { Bank } from '../support/platform/bank.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { Wallet, type WalletAction } from '../support/platform/wallets.ts';
import { until } from '../support/run/eventually.ts';

/** Of one T-shirt, in minor units. */
const PRICE = 12_900;
/** A channel is asked by itself after 30 seconds, and at the end. */
const WINDOW_SECONDS = 90;
const LAST_SECONDS = 15;

const platform = suitePlatform({
  payments: {
    payWithinSeconds: { alipay: WINDOW_SECONDS, wechat_pay: WINDOW_SECONDS, bank_transfer: WINDOW_SECONDS },
  },
});

const METHODS = {
  alipay: { type: 'alipay', via: 'page' },
  wechat_pay: { type: 'wechat_pay', via: 'h5', customerIp: '203.0.113.7' },
  bank_transfer: { type: 'bank_transfer' },
} as const;
const WALLETS = ['alipay', 'wechat_pay'] as const;
type WalletName = (typeof WALLETS)[number];

const walletOf = (method: WalletName) =>
  new Wallet(method === 'alipay' ? platform.instance.alipayUrl : platform.instance.wechatPayUrl);
const bank = new Bank(() => platform.instance);
const final = (orderId: string) => finalOrder(platform.instance.url, orderId);
const history = (orderId: string) => historyTypes(platform.instance.url, orderId);

interface Placed {
  readonly orderId: string;
  readonly action: WalletAction & { readonly reference?: string };
  readonly expiresAt: number;
}

/** Places an order and waits until it says what its customer has to do. */
async function placed(paymentMethod: OrderOptions['paymentMethod'] & object): Promise<Placed> {
  const orderId = await place(platform.instance.url, { paymentMethod });
  const { payment } = await orderOnce(platform.instance.url, orderId, 'waits', (order) => !!order.payment.action);
  return { orderId, action: payment.action!, expiresAt: Date.parse(payment.expiresAt!) };
}

const pay = async (method: WalletName, { orderId, action }: Placed) =>
  expect(await walletOf(method).pay(orderId, action)).toBe('paid');

async function payInTheEnd(method: WalletName, order: Placed): Promise<void> {
  await until('the last seconds', () => Date.now() > order.expiresAt - 1_000 * LAST_SECONDS);
  await pay(method, order);
}

let early: Readonly<Record<WalletName, Placed>>;
let late: Readonly<Record<WalletName, Placed>>;
let never: Readonly<Record<WalletName, Placed>>;
let tooLate: Placed;
let inPart: Placed;

// All customers at once: their time runs side by side.
beforeAll(async () => {
  const forEach = async () => ({ alipay: await placed(METHODS.alipay), wechat_pay: await placed(METHODS.wechat_pay) });
  for (const method of WALLETS) await walletOf(method).notify('hold');
  [early, late, never, tooLate, inPart] = await Promise.all([
    forEach(),
    forEach(),
    forEach(),
    placed(METHODS.bank_transfer),
    placed(METHODS.bank_transfer),
  ]);
  await bank.pay(inPart.action.reference!, PRICE - 31);
  await Promise.all(WALLETS.map((method) => pay(method, early[method])));
  await Promise.all(WALLETS.map((method) => payInTheEnd(method, late[method])));
});

describe.each(WALLETS)('A payment by %s of which no notification comes', (method) => {
  test('is found when the channel is asked, and its order is confirmed', async () => {
    const { orderId } = early[method];
    expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
    expect(await history(orderId)).not.toContain('PaymentNotified');
    expect(await walletOf(method).money(orderId)).toEqual([['payment', PRICE]]);
  });

  test('in the last moments counts: the channel is asked once more at the end', async () => {
    const { orderId } = late[method];
    expect(await final(orderId)).toMatchObject({ status: 'processing', payment: { status: 'captured' } });
    expect(await history(orderId)).not.toContain('PaymentNotified');
  });
});

describe('An order that is not paid in time', () => {
  test.each(WALLETS)('is cancelled, and cannot be paid by %s afterwards', async (method) => {
    const { orderId, action, expiresAt } = never[method];
    expect(await final(orderId)).toMatchObject({ status: 'cancelled', reason: 'payment_not_made', parked: false });
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt);
    expect(await walletOf(method).pay(orderId, action)).toBe('refused');
    expect(await walletOf(method).money(orderId)).toEqual([]);
  });

  test('gives back what is transferred afterwards', async () => {
    const { orderId, action } = tooLate;
    expect(await final(orderId)).toMatchObject({ status: 'cancelled', reason: 'payment_not_made' });
    await bank.pay(action.reference!, PRICE - 7);
    await until('the money on its way back', async () => (await bank.paidOut()).includes(PRICE - 7));
    await until('the return in the history', async () => (await history(orderId)).includes('TransferReturned'));
  });

  test('gives back what was transferred of it', async () => {
    const { orderId } = inPart;
    expect(await final(orderId)).toMatchObject({ status: 'cancelled', reason: 'payment_not_made' });
    await until('the money on its way back', async () => (await bank.paidOut()).includes(PRICE - 31));
    await until('the return in the history', async () => (await history(orderId)).includes('TransferReturned'));
  });
});
