/** The simulated Alipay, asked by Alipay's own SDK. */

import { AlipaySdk } from 'alipay-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alipay } from '../../../partners/alipay/program.ts';
import { type ServedChannel, serveChannel, serveMerchant } from '../../support/payments/served-channel.ts';

interface Answer {
  readonly code: string;
  readonly subCode?: string;
  readonly [field: string]: unknown;
}

let channel: ServedChannel;
let merchant: Awaited<ReturnType<typeof serveMerchant>>;
let sdk: AlipaySdk;
let credential: Record<string, string>;
const sdkWith = (over: object = {}) =>
  new AlipaySdk({
    appId: credential['appId']!,
    privateKey: credential['privateKey']!,
    keyType: 'PKCS8',
    alipayPublicKey: credential['alipayPublicKey']!,
    gateway: `${channel.url}/gateway.do`,
    ...over,
  });

beforeAll(async () => {
  channel = await serveChannel(alipay());
  merchant = await serveMerchant({ status: 200, text: 'success' });
  credential = await channel.ask('GET', '/v1/credential');
  sdk = sdkWith();
});
afterAll(async () => {
  await Promise.all([channel.close(), merchant.close()]);
});

/** The SDK writes the time of the process's zone; Alipay expects China time. */
const timestamp = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const call = (method: string, bizContent: object, using = sdk) =>
  using.exec(
    method,
    { bizContent, notify_url: merchant.url, timestamp: timestamp() },
    { validateSign: true },
  ) as Promise<Answer>;
const order = (number: string) => ({ out_trade_no: number, total_amount: '88.00', subject: '茶 1/2 kg' });
const asked = (number: string) => ({ out_trade_no: number });
const pay = (number: string) => channel.ask('POST', `/v1/trades/${number}/pay`);

describe("Alipay's SDK at the simulated Alipay", () => {
  test('offers a trade, lets the customer pay, and gets what it verifies', async () => {
    const offered = await call('alipay.trade.precreate', order('o1'));
    expect(offered).toMatchObject({ code: '10000', outTradeNo: 'o1', qrCode: `${channel.url}/cashier/o1` });
    expect(await call('alipay.trade.query', asked('o1'))).toMatchObject({
      code: '40004',
      subCode: 'ACQ.TRADE_NOT_EXIST',
    });

    await channel.ask('POST', '/v1/trades/o1/scan');
    expect(await call('alipay.trade.query', asked('o1'))).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' });
    await pay('o1');
    expect(await call('alipay.trade.query', asked('o1'))).toMatchObject({
      tradeStatus: 'TRADE_SUCCESS',
      totalAmount: '88.00',
    });
    expect(await call('alipay.trade.close', asked('o1'))).toMatchObject({ subCode: 'ACQ.TRADE_STATUS_ERROR' });

    const notified = Object.fromEntries(new URLSearchParams((await merchant.next()).text));
    expect(sdk.checkNotifySignV2(notified)).toBe(true);
    expect(notified).toMatchObject({ out_trade_no: 'o1', trade_status: 'TRADE_SUCCESS', total_amount: '88.00' });
  });

  test('refunds once for each number, and in all no more than was paid', async () => {
    await call('alipay.trade.precreate', order('o2'));
    await pay('o2');
    await merchant.next();
    const refund = (amount: string, number: string) =>
      call('alipay.trade.refund', { ...asked('o2'), refund_amount: amount, out_request_no: number });

    expect(await refund('8.00', 'r1')).toMatchObject({ fundChange: 'Y', refundFee: '8.00' });
    expect(await refund('8.00', 'r1')).toMatchObject({ fundChange: 'N', refundFee: '8.00' });
    expect(await refund('9.00', 'r1')).toMatchObject({ subCode: 'ACQ.DISCORDANT_REPEAT_REQUEST' });
    expect(await refund('80.01', 'r2')).toMatchObject({ subCode: 'ACQ.REASON_TRADE_REFUND_FEE_ERR' });
    const found = await call('alipay.trade.fastpay.refund.query', { ...asked('o2'), out_request_no: 'r1' });
    expect(found).toMatchObject({ refundStatus: 'REFUND_SUCCESS', refundAmount: '8.00' });
    const none = await call('alipay.trade.fastpay.refund.query', { ...asked('o2'), out_request_no: 'r9' });
    expect(none).not.toHaveProperty('refundStatus');

    const notified = Object.fromEntries(new URLSearchParams((await merchant.next()).text));
    expect(notified).toMatchObject({ trade_status: 'TRADE_SUCCESS', out_biz_no: 'r1', refund_fee: '8.00' });
    await refund('80.00', 'r2');
    expect(await call('alipay.trade.query', asked('o2'))).toMatchObject({ tradeStatus: 'TRADE_CLOSED' });
    expect(Object.fromEntries(new URLSearchParams((await merchant.next()).text))).toMatchObject({
      refund_fee: '88.00',
    });
  });

  test('cancels a number for good, also before there is a trade', async () => {
    expect(await call('alipay.trade.cancel', asked('o3'))).toMatchObject({ code: '10000', retryFlag: 'N' });
    expect(await call('alipay.trade.precreate', order('o3'))).toMatchObject({ subCode: 'ACQ.TRADE_HAS_CLOSE' });
  });

  test('pays by a bar code with each outcome', async () => {
    const payment = (number: string, code: string) =>
      call('alipay.trade.pay', { ...order(number), scene: 'bar_code', auth_code: `${code}0000000000000000` });
    expect(await payment('o4', '28')).toMatchObject({ code: '10000' });
    expect(await payment('o5', '27')).toMatchObject({ code: '10003' });
    expect(await payment('o6', '26')).toMatchObject({ code: '40004', subCode: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    await merchant.next();
  });

  test('opens a page whose parameters are signed', async () => {
    const url = sdk.pageExecute('alipay.trade.page.pay', 'GET', {
      bizContent: order('o7'),
      notify_url: merchant.url,
      timestamp: timestamp(),
    });
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('¥88.00');
    expect(await call('alipay.trade.query', asked('o7'))).toMatchObject({ tradeStatus: 'WAIT_BUYER_PAY' });
    expect((await fetch(url.replace('app_id=', 'app_id=9'))).status).toBe(400);
  });

  test('works in certificate mode, too', async () => {
    const { appCertificate, alipayCertificate, alipayRootCertificate } = await channel.ask<Record<string, string>>(
      'GET',
      '/v1/credential?mode=certificates',
    );
    const certified = sdkWith({
      alipayPublicKey: undefined,
      appCertContent: appCertificate,
      alipayPublicCertContent: alipayCertificate,
      alipayRootCertContent: alipayRootCertificate,
    });
    expect(await call('alipay.trade.precreate', order('o8'), certified)).toMatchObject({ code: '10000' });
  });

  test('is refused with another key, another app, and the time of another zone', async () => {
    const stranger = sdkWith({ appId: '1' });
    const query = (using: AlipaySdk, at = timestamp()) =>
      using.exec('alipay.trade.query', { bizContent: asked('o1'), timestamp: at });
    expect(await query(stranger)).toMatchObject({ code: '40002', subCode: 'isv.invalid-app-id' });
    const utc = new Date().toISOString().slice(0, 19).replace('T', ' ');
    expect(await query(sdk, utc)).toMatchObject({ subCode: 'isv.invalid-timestamp' });
    const other = await serveChannel(alipay());
    const { privateKey } = await other.ask<Record<string, string>>('GET', '/v1/credential');
    await other.close();
    expect(await query(sdkWith({ privateKey }))).toMatchObject({ subCode: 'isv.invalid-signature' });
  });

  test('meets the faults that a test asks for', async () => {
    const next = (operation: string, fault: string) => channel.ask('PUT', '/v1/faults', { operation, fault });
    await next('alipay.trade.precreate', 'system-error');
    expect(await call('alipay.trade.precreate', order('o9'))).toMatchObject({ code: '20000' });
    await next('alipay.trade.precreate', 'forged');
    await expect(call('alipay.trade.precreate', order('o9'))).rejects.toThrow(/验签失败/);
    await pay('o9');
    await next('alipay.trade.refund', 'pending');
    const refund = { ...asked('o9'), refund_amount: '1.00', out_request_no: 'r1' };
    expect(await call('alipay.trade.refund', refund)).toMatchObject({ fundChange: 'N' });
    const query = () => call('alipay.trade.fastpay.refund.query', { ...asked('o9'), out_request_no: 'r1' });
    expect(await query()).not.toHaveProperty('refundStatus');
    await channel.ask('POST', '/v1/trades/o9/end-refunds');
    expect(await query()).toMatchObject({ refundStatus: 'REFUND_SUCCESS' });
  });

  test('gets a link to the bill of a day that is over, which lives for half a minute', async () => {
    const bill = (bill_date: string) =>
      call('alipay.data.dataservice.bill.downloadurl.query', { bill_type: 'trade', bill_date });
    expect(await bill(today())).toMatchObject({ code: '40004', subCode: 'isp.bill_not_exist' });
    const { billDownloadUrl: link } = await bill('2026-01-01');
    const answer = await fetch(String(link));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    for (const changed of [
      String(link).replace(/until=\d+/, `until=${Date.now() - 1}`),
      String(link).replace('01-01', '01-02'),
    ]) {
      expect((await fetch(changed)).status).toBe(403);
    }
  });
});

const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
