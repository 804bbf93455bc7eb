/** The simulated WeChat Pay, asked by wechatpay-axios-plugin. */
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { wechatPay } from '../../../partners/wechat-pay/program.ts';
import {
  type Notified,
  type ServedChannel,
  serveChannel,
  serveMerchant,
} from '../../support/payments/served-channel.ts';

interface Credential {
  readonly mchid: string;
  readonly appid: string;
  readonly serialNo: string;
  readonly privateKey: string;
  readonly apiV3Key: string;
  readonly platformKeys: Readonly<Record<string, string>>;
}
interface Answered {
  readonly status: number;
  readonly data: Record<string, unknown>;
}

let channel: ServedChannel;
let merchant: Awaited<ReturnType<typeof serveMerchant>>;
let credential: Credential;
/** Verifies with the public key, or with the platform certificate. */
let plugins: readonly [Wechatpay, Wechatpay];

beforeAll(async () => {
  channel = await serveChannel(wechatPay());
  merchant = await serveMerchant({ status: 204, text: '' });
  credential = await channel.ask<Credential>('GET', '/v1/credential');
  const { mchid, serialNo: serial, privateKey, platformKeys } = credential;
  plugins = Object.entries(platformKeys).map(
    ([id, key]) =>
      new Wechatpay({
        mchid,
        serial,
        privateKey,
        certs: { [id]: key },
        baseURL: channel.url,
        headers: { 'Wechatpay-Serial': id },
      } as ConstructorParameters<typeof Wechatpay>[0]),
  ) as unknown as [Wechatpay, Wechatpay];
});
afterAll(() => Promise.all([channel.close(), merchant.close()]));

/** Answers with an error status, too; the plugin verifies those that are good. */
const ask = (method: string, path: string, data?: object, plugin = plugins[0]): Promise<Answered> =>
  (plugin.chain(path) as unknown as Record<string, (...args: unknown[]) => Promise<Answered>>)[method]!(
    ...(data === undefined ? [] : [data]),
  ).catch((error: { readonly response?: Answered }) => {
    if (error.response === undefined) throw error;
    return error.response;
  });
const order = (number: string, over: object = {}) => ({
  appid: credential.appid,
  mchid: credential.mchid,
  description: '茶',
  out_trade_no: number,
  notify_url: merchant.url,
  amount: { total: 8_800 },
  ...over,
});
const place = (number: string, over: object = {}, plugin = plugins[0]) =>
  ask('post', 'v3/pay/transactions/native', order(number, over), plugin);
const find = (number: string) => ask('get', `v3/pay/transactions/out-trade-no/${number}?mchid=${credential.mchid}`);
const act = (number: string, as: string) => channel.ask('POST', `/v1/orders/${number}/act`, { as });
const refund = (number: string, refundNo: string, amount: number) =>
  ask('post', 'v3/refund/domestic/refunds', {
    out_trade_no: number,
    out_refund_no: refundNo,
    notify_url: merchant.url,
    amount: { refund: amount, total: 8_800, currency: 'CNY' },
  });

/** What the plugin reads in a notification that it verifies. */
function opened({ headers, text }: Notified) {
  const {
    'wechatpay-serial': serial,
    'wechatpay-timestamp': at,
    'wechatpay-nonce': nonce,
  } = headers as Record<string, string>;
  const key = Rsa.from(credential.platformKeys[serial!]!, Rsa.KEY_TYPE_PUBLIC);
  const isGood = Rsa.verify(Formatter.response(at!, nonce!, text), headers['wechatpay-signature'] as string, key);
  const { event_type: type, resource } = JSON.parse(text) as {
    event_type: string;
    resource: { ciphertext: string; nonce: string; associated_data: string };
  };
  const { ciphertext, nonce: iv, associated_data: associated } = resource;
  const content = JSON.parse(Aes.AesGcm.decrypt(ciphertext, credential.apiV3Key, iv, associated)) as object;
  return { isGood, type, content };
}

describe('wechatpay-axios-plugin at the simulated WeChat Pay', () => {
  test('places an order, lets the customer pay, and gets what it verifies in both modes', async () => {
    for (const [index, plugin] of plugins.entries()) {
      const number = `order-${index}`;
      expect(await place(number, {}, plugin)).toMatchObject({ status: 200, data: { code_url: expect.any(String) } });
      expect(await find(number)).toMatchObject({ data: { trade_state: 'NOTPAY' } });
      await act(number, 'pay');
      expect(await find(number)).toMatchObject({ data: { trade_state: 'SUCCESS', amount: { total: 8_800 } } });
      expect(opened(await merchant.next())).toMatchObject({
        isGood: true,
        type: 'TRANSACTION.SUCCESS',
        content: { out_trade_no: number, trade_state: 'SUCCESS', amount: { total: 8_800 } },
      });
      expect(await place(number, {}, plugin)).toMatchObject({ status: 400, data: { code: 'ORDERPAID' } });
    }
  });

  test('hands out its platform certificate, sealed', async () => {
    const { data } = await ask('get', 'v3/certificates', undefined, plugins[1]);
    const [{ serial_no: serial, encrypt_certificate: sealed }] = data['data'] as [
      { serial_no: string; encrypt_certificate: { ciphertext: string; nonce: string; associated_data: string } },
    ];
    const text = Aes.AesGcm.decrypt(sealed.ciphertext, credential.apiV3Key, sealed.nonce, sealed.associated_data);
    expect(text).toBe(credential.platformKeys[serial]);
  });

  test('refunds once for each number, and in all no more than was paid', async () => {
    await place('order-r');
    expect(await refund('order-r', 'r1', 800)).toMatchObject({ status: 400 });
    await act('order-r', 'pay');
    await merchant.next();

    expect(await refund('order-r', 'r1', 800)).toMatchObject({ status: 200, data: { status: 'PROCESSING' } });
    expect(opened(await merchant.next())).toMatchObject({
      isGood: true,
      type: 'REFUND.SUCCESS',
      content: { out_refund_no: 'r1', refund_status: 'SUCCESS', amount: { refund: 800 } },
    });
    expect(await refund('order-r', 'r1', 800)).toMatchObject({ data: { status: 'SUCCESS' } });
    expect(await refund('order-r', 'r1', 900)).toMatchObject({ data: { code: 'INVALID_REQUEST' } });
    expect(await refund('order-r', 'r2', 8_001)).toMatchObject({ data: { code: 'INVALID_REQUEST' } });
    expect(await ask('get', 'v3/refund/domestic/refunds/r2')).toMatchObject({ status: 404 });
    expect(await find('order-r')).toMatchObject({ data: { trade_state: 'REFUND' } });
  });

  test('closes a number for good, but not while the customer types the password', async () => {
    const close = () => ask('post', 'v3/pay/transactions/out-trade-no/order-c/close', { mchid: credential.mchid });
    expect(await close()).toMatchObject({ status: 404, data: { code: 'ORDER_NOT_EXIST' } });
    await place('order-c');
    await act('order-c', 'type');
    expect(await close()).toMatchObject({ status: 400, data: { code: 'USERPAYING' } });
    await act('order-c', 'fail');
    expect(await find('order-c')).toMatchObject({ data: { trade_state: 'PAYERROR' } });
    expect(await close()).toMatchObject({ status: 204 });
    expect(await place('order-c')).toMatchObject({ data: { code: 'ORDER_CLOSED' } });
  });

  test('wants what each way to pay needs, and the same amount', async () => {
    const h5 = { scene_info: { payer_client_ip: '203.0.113.7', h5_info: { type: 'Wap' } } };
    expect(await ask('post', 'v3/pay/transactions/h5', order('order-h', h5))).toMatchObject({ status: 200 });
    expect(await ask('post', 'v3/pay/transactions/h5', order('order-h'))).toMatchObject({ status: 400 });
    expect(await ask('post', 'v3/pay/transactions/jsapi', order('order-h'))).toMatchObject({ status: 400 });
    const payer = { payer: { openid: 'o1' } };
    expect(await ask('post', 'v3/pay/transactions/jsapi', order('order-h', payer))).toMatchObject({ status: 200 });
    expect(await place('order-h', { amount: { total: 1 } })).toMatchObject({ data: { code: 'OUT_TRADE_NO_USED' } });
  });

  test('is refused with a signature of another merchant', async () => {
    const other = await serveChannel(wechatPay());
    const { privateKey, serialNo: serial } = await other.ask<Credential>('GET', '/v1/credential');
    await other.close();
    const { mchid, platformKeys: certs, serialNo } = credential;
    const baseURL = channel.url;
    for (const stranger of [
      new Wechatpay({ mchid, serial, privateKey: credential.privateKey, certs, baseURL } as never),
      new Wechatpay({ mchid, serial: serialNo, privateKey, certs, baseURL } as never),
    ]) {
      expect(await place('order-s', {}, stranger)).toMatchObject({ status: 401, data: { code: 'SIGN_ERROR' } });
    }
  });

  test('meets the faults that a test asks for', async () => {
    const next = (fault: string) =>
      channel.ask('PUT', '/v1/faults', { operation: 'POST /v3/pay/transactions/native', fault });
    await next('system-error');
    expect(await place('order-f')).toMatchObject({ status: 500 });
    expect(await find('order-f')).toMatchObject({ status: 404 });
    await next('system-error-after');
    expect(await place('order-f')).toMatchObject({ status: 500 });
    expect(await find('order-f')).toMatchObject({ status: 200 });
    const placeIt = plugins[0].chain('v3/pay/transactions/native') as { post(data: object): Promise<unknown> };
    await next('forged');
    await expect(placeIt.post(order('order-f'))).rejects.toMatchObject({ code: 'EV3_RES_HEADER_SIGNATURE_DIGEST' });
    await next('unsigned');
    await expect(placeIt.post(order('order-f'))).rejects.toMatchObject({ code: 'EV3_RES_HEADERS_INCOMPLATE' });
    await channel.ask('PUT', '/v1/notifications', { mode: 'hold' });
    await act('order-f', 'pay');
    const { notifications } = await channel.ask<{ notifications: { id: number; answers: string[] }[] }>(
      'GET',
      '/v1/notifications?key=order-f',
    );
    expect(notifications).toMatchObject([{ answers: [], accepted: false }]);
    await channel.ask('POST', `/v1/notifications/${notifications[0]!.id}/send`, { forged: true });
    expect(opened(await merchant.next()).isGood).toBe(false);
    await channel.ask('POST', `/v1/notifications/${notifications[0]!.id}/send`);
    expect(opened(await merchant.next()).isGood).toBe(true);
    await channel.ask('PUT', '/v1/notifications', { mode: 'deliver' });
  });

  test('says the truth of a day only from the next day on', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const early = await ask('get', `v3/bill/tradebill?bill_date=${today}&bill_type=ALL`);
    expect(early).toMatchObject({ status: 400, data: { code: 'NO_STATEMENT_EXIST' } });
    for (const bill of ['tradebill?bill_type=ALL', 'fundflowbill?account_type=BASIC']) {
      const { data } = await ask('get', `v3/bill/${bill}&bill_date=2026-01-01&tar_type=GZIP`);
      const { pathname, search } = new URL(data['download_url'] as string);
      const download = plugins[0].chain(pathname.slice(1)) as { get(config: object): Promise<{ data: Buffer }> };
      const file = await download.get({ params: new URLSearchParams(search), responseType: 'arraybuffer' });
      expect(createHash('sha1').update(gunzipSync(file.data)).digest('hex')).toBe(data['hash_value']);
    }
  });
});
