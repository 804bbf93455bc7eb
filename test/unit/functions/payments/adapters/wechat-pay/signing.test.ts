/** Our signatures for WeChat Pay against published vectors, and against wechatpay-axios-plugin in both directions. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { isRsaSignature, rsaPublicKey, rsaSignature } from '../../../../../../functions/payments/adapters/rsa.ts';
import { authorization, jsapiPayment } from '../../../../../../functions/payments/adapters/wechat-pay/authorization.ts';
import { unsealed } from '../../../../../../functions/payments/adapters/wechat-pay/sealed-resource.ts';
import { distrust, type Received } from '../../../../../../functions/payments/adapters/wechat-pay/verification.ts';
import { wechatPayVectors } from '../../../../../support/payments/vectors.ts';

const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const merchant = {
  mchid: '1900000001',
  serialNo: '5157F09EFDC096DE15EBE81A47057A72',
  privateKey: merchantKeys.privateKey,
};
const platform = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const NOW = Date.parse('2026-11-27T08:00:00Z');
const SECONDS = NOW / 1_000;

describe('The Authorization header', () => {
  test.each([
    ['POST', '/v3/pay/transactions/native', '{"description":"茶"}'],
    ['GET', '/v3/pay/transactions/out-trade-no/1217?mchid=1900000001', undefined],
  ])('of a %s is the one that the plugin makes', (method, path, body) => {
    const header = authorization({ method, path, ...(body === undefined ? {} : { body }) }, merchant, {
      nonce: 'NONCE',
      at: NOW + 999,
    });
    const signature = Rsa.sign(Formatter.request(method, path, SECONDS, 'NONCE', body), merchant.privateKey);
    const theirs = Formatter.authorization(merchant.mchid, 'NONCE', signature, SECONDS, merchant.serialNo);

    const [, type, fields] = /^(\S+) (.*)$/.exec(header)!;
    const [, theirType, theirFields] = /^(\S+) (.*)$/.exec(theirs)!;
    expect(type).toBe(theirType);
    expect(fields!.split(',').sort()).toEqual(theirFields!.split(',').sort());
  });
});

test('A payment within WeChat is signed over its four lines', () => {
  const payment = jsapiPayment(
    { appid: 'wx1', prepayId: 'wx201410272009395522657a690389285100' },
    merchant.privateKey,
    {
      nonce: 'NONCE',
      at: NOW,
    },
  );
  const { paySign, ...fields } = payment;

  expect(fields).toEqual({
    appId: 'wx1',
    timeStamp: String(SECONDS),
    nonceStr: 'NONCE',
    package: 'prepay_id=wx201410272009395522657a690389285100',
    signType: 'RSA',
  });
  const text = Formatter.joinedByLineFeed('wx1', String(SECONDS), 'NONCE', fields.package);
  expect(Rsa.verify(text, paySign, merchantKeys.publicKey)).toBe(true);
});

describe('What WeChat Pay has signed', () => {
  const keys = new Map([
    ['5157F09EFDC096DE15EBE81A47057A99', rsaPublicKey(wechatPayVectors.certificate)],
    ['PUB_KEY_ID_0119000000012026112700389300000000', platform.publicKey],
  ]);
  const received = (serial: string, over: Partial<Record<string, string>> = {}, text = '{"id":"e-1"}'): Received => ({
    headers: {
      'wechatpay-timestamp': String(SECONDS),
      'wechatpay-nonce': 'NONCE',
      'wechatpay-serial': serial,
      'wechatpay-signature': Rsa.sign(Formatter.response(String(SECONDS), 'NONCE', text), platform.privateKey),
      ...over,
    },
    text,
  });
  const PUBLIC_KEY_ID = 'PUB_KEY_ID_0119000000012026112700389300000000';

  test('is believed with the public key, beside a platform certificate', () => {
    expect(distrust(received(PUBLIC_KEY_ID), keys, NOW)).toBeUndefined();
    expect(distrust(received(PUBLIC_KEY_ID, {}, ''), keys, NOW)).toBeUndefined();
  });

  test('is believed when it is the published notification, and its resource can be read', () => {
    const { headers, text, key, resource } = wechatPayVectors.notification;
    const known = new Map([[headers['wechatpay-serial']!, rsaPublicKey(wechatPayVectors.certificate)]]);
    const at = Number(headers['wechatpay-timestamp']) * 1_000;

    expect(distrust({ headers, text }, known, at)).toBeUndefined();
    expect(distrust({ headers, text: `${text} ` }, known, at)).toBe('Its signature is wrong.');
    const { resource: sealed } = JSON.parse(text) as { resource: Parameters<typeof unsealed>[0] };
    expect(unsealed(sealed, key)).toBe(resource);
  });

  test('and published has a signature that verifies', () => {
    const { text, signature } = wechatPayVectors.signature;
    expect(isRsaSignature(signature, text, rsaPublicKey(wechatPayVectors.certificate))).toBe(true);
  });

  test.each([
    [
      'a probe of WeChat Pay',
      { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/6BmzHLvqmJcQ==' },
      'Its signature is wrong.',
    ],
    ['a signature of another text', { 'wechatpay-nonce': 'OTHER' }, 'Its signature is wrong.'],
    ['no signature', { 'wechatpay-signature': '' }, 'It has no signature of WeChat Pay.'],
    ['no serial', { 'wechatpay-serial': '' }, 'It has no signature of WeChat Pay.'],
    [
      'a key that nobody knows',
      { 'wechatpay-serial': 'PUB_KEY_ID_X' },
      `It is signed with PUB_KEY_ID_X; expected 5157F09EFDC096DE15EBE81A47057A99 or ${PUBLIC_KEY_ID}.`,
    ],
    [
      'a time that is no number',
      { 'wechatpay-timestamp': 'now' },
      'Its signature is of now, which is more than 300 seconds from now.',
    ],
  ])('is not believed with %s', (_what, over, reason) => {
    expect(distrust(received(PUBLIC_KEY_ID, over), keys, NOW)).toBe(reason);
  });

  test('is believed for five minutes, before and after', () => {
    for (const away of [-300_000, 300_000]) {
      expect(distrust(received(PUBLIC_KEY_ID), keys, NOW + away)).toBeUndefined();
      expect(distrust(received(PUBLIC_KEY_ID), keys, NOW + away + Math.sign(away) * 1_000)).toMatch(/300 seconds/);
    }
  });

  test('is signed as our own signatures are', () => {
    expect(rsaSignature('text', platform.privateKey)).toBe(Rsa.sign('text', platform.privateKey));
  });
});

describe('A sealed resource', () => {
  const key = '0123456789abcdef0123456789abcdef';

  test('is opened when the plugin has sealed it', () => {
    const seal = (associated: string) => Aes.AesGcm.encrypt('{"茶":1}', key, 'NONCE-12byte', associated);
    for (const associated_data of ['transaction', '']) {
      expect(unsealed({ ciphertext: seal(associated_data), nonce: 'NONCE-12byte', associated_data }, key)).toBe(
        '{"茶":1}',
      );
    }
    expect(unsealed({ ciphertext: seal(''), nonce: 'NONCE-12byte' }, key)).toBe('{"茶":1}');
  });

  test('is opened when it is the published one', () => {
    const { key: published, text, ...sealed } = wechatPayVectors.sealed;
    expect(unsealed(sealed, published)).toBe(text);
  });

  test('stays closed with another key, nonce or associated data, and when it is none', () => {
    const sealed = {
      ciphertext: Aes.AesGcm.encrypt('text', key, 'NONCE-12byte', 'a'),
      nonce: 'NONCE-12byte',
      associated_data: 'a',
    };
    expect(unsealed(sealed, key.toUpperCase())).toBeUndefined();
    expect(unsealed(sealed, 'short')).toBeUndefined();
    expect(unsealed({ ...sealed, nonce: 'NONCE-12bytE' }, key)).toBeUndefined();
    expect(unsealed({ ...sealed, associated_data: 'b' }, key)).toBeUndefined();
    expect(unsealed({ ...sealed, ciphertext: 'QQ==' }, key)).toBeUndefined();
  });
});
