/** What becomes of a payment of which nobody tells, of an order whose customer does not pay in time, and of one whose gateway stays away: each waits for real, all at once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PartnerProcess, startPartner } from '../../launch/platform/partner-process.ts';
import { orderOnce } from '../support/api/command-requests.ts';
import { finalOrder, historyTypes, type OrderOptions, place } from '../support/api/order-requests.ts';
import { type Door, doorTo } from '../support/partners/door.ts';
import { Bank } from '../support/platform/bank.ts';
import { readLedger, sumOf } from '../support/platform/partners.ts';
import { inventoryItem } from '../support/platform/stored.ts';
import { embeddedPlatform } from '../support/platform/suite-platform.ts';
import { Wallet, type WalletAction } from '../support/platform/wallets.ts';
import { eventually, until } from '../support/run/eventually.ts';

/** Of one T-shirt, in minor units. */
const PRICE = 12_900;
/** A channel is asked by itself after 30 seconds, and at the end. */
const WINDOW_SECONDS = 90;
const LAST_SECONDS = 45;
const BY_CARD = 4;

const environment: NodeJS.ProcessEnv = {
  WAYBILL_CONFIGURATION: JSON.stringify({
    payments: {
      payWithinSeconds: { alipay: WINDOW_SECONDS, wechat_pay: WINDOW_SECONDS, bank_transfer: WINDOW_SECONDS },
    },
    breaker: { openSeconds: 2 },
    recovery: { paymentWindowSeconds: WINDOW_SECONDS, platformRetrySeconds: 1 },
  }),
};
let gateway: PartnerProcess;
let door: Door;

// Before the platform starts: it has to know the address, at which nobody answers.
beforeAll(async () => {
  gateway = await startPartner({ name: 'payment-gateway' });
  door = await doorTo(gateway.url);
  await door.close();
  environment.WAYBILL_PAYMENT_GATEWAY_URL = `http://127.0.0.1:${door.port}`;
});

const platform = embeddedPlatform(environment);
afterAll(() => Promise.all([door.close(), gateway.close()]));

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

/** Has the customer pay when `moment` has come. On a busy machine that can be too late: then another order is placed. */
const paid = (method: WalletName, moment: (order: Placed) => boolean = () => true): Promise<Placed> =>
  eventually(`a payment by ${method}`, async () => {
    const order = await placed(METHODS[method]);
    await until('the moment to pay', () => moment(order));
    return (await walletOf(method).pay(order.orderId, order.action)) === 'paid' ? order : undefined;
  });
const inTheEnd = ({ expiresAt }: Placed) => Date.now() > expiresAt - 1_000 * LAST_SECONDS;

const reserved = async () => (await inventoryItem(platform.instance, 'SKU#MUG-BLUE'))?.reserved;

let early: Readonly<Record<WalletName, Placed>>;
let late: Readonly<Record<WalletName, Placed>>;
let never: Readonly<Record<WalletName, Placed>>;
let tooLate: Placed;
let inPart: Placed;
let byCard: readonly string[];
let reservedBefore: unknown;

// All customers at once: their time runs side by side.
beforeAll(async () => {
  reservedBefore = await reserved();
  const forEach = async (get: (method: WalletName) => Promise<Placed>) => {
    const [alipay, wechat_pay] = await Promise.all(WALLETS.map(get));
    return { alipay: alipay!, wechat_pay: wechat_pay! };
  };
  for (const method of WALLETS) await walletOf(method).notify('hold');
  byCard = await Promise.all(
    Array.from({ length: BY_CARD }, () => place(platform.instance.url, { items: [{ sku: 'MUG-BLUE', quantity: 1 }] })),
  );
  [early, late, never, tooLate, inPart] = await Promise.all([
    forEach((method) => paid(method)),
    forEach((method) => paid(method, inTheEnd)),
    forEach((method) => placed(METHODS[method])),
    placed(METHODS.bank_transfer),
    placed(METHODS.bank_transfer).then(async (order) => {
      await bank.pay(order.action.reference!, PRICE - 31);
      return order;
    }),
  ]);
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

test('An order whose payment gateway stays away is cancelled at the end of the payment window, and nothing is held or left to people', async () => {
  for (const orderId of byCard) {
    expect(await final(orderId)).toMatchObject({ status: 'cancelled', reason: 'payment_unavailable', parked: false });
  }
  await door.open();
  for (const orderId of byCard) {
    const types = await history(orderId);
    expect(types).toContain('StepDelayed');
    expect(types).toContain('InventoryReleased');
    expect(types).not.toContain('TaskOpened');
    expect(sumOf(await readLedger(gateway.url, orderId), 'capture')).toBe(0);
  }
  expect(await reserved()).toBe(reservedBefore);
});
