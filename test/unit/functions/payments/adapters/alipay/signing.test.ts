/** Our signatures for Alipay against published vectors, and against Alipay's SDK in both directions. */
import { generateKeyPairSync } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { describe, expect, test } from 'vitest';
import {
  certificateNumber,
  rootCertificateNumber,
} from '../../../../../../functions/payments/adapters/alipay/certificate-numbers.ts';
import { memberText, signedAnswer } from '../../../../../../functions/payments/adapters/alipay/signed-answer.ts';
import { isSigned, signed } from '../../../../../../functions/payments/adapters/alipay/signing.ts';
import { rsaPublicKey, rsaSignature } from '../../../../../../functions/payments/adapters/rsa.ts';
import { alipayVectors } from '../../../../../support/payments/vectors.ts';

const merchant = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const alipay = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const sdk = new AlipaySdk({
  appId: '2021000000000001',
  privateKey: merchant.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  keyType: 'PKCS8',
  alipayPublicKey: alipay.publicKey.export({ format: 'pem', type: 'spki' }) as string,
});

const NOTIFICATION = {
  app_id: '2021000000000001',
  out_trade_no: 'o-1',
  subject: '茶 100% & more=better',
  total_amount: '88.00',
  passback_params: '',
  sign_type: 'RSA2',
};

describe('A signed request to Alipay', () => {
  test('has the signature that the SDK makes of the same parameters', () => {
    const bizContent = { out_trade_no: 'o-1', total_amount: '88.00', subject: '茶 100% & more=better' };
    const text = sdk.sdkExecute('alipay.trade.query', { bizContent, notify_url: 'https://shop.example/n' });
    const { sign, ...parameters } = Object.fromEntries(new URLSearchParams(text.replaceAll('+', '%2B')));

    expect(signed(parameters, merchant.privateKey)['sign']).toBe(sign);
  });

  test('leaves empty parameters away', () => {
    const { sign, ...parameters } = signed({ b: '2', a: '', c: '3', sign_type: 'RSA2' }, merchant.privateKey);

    expect(parameters).toEqual({ b: '2', c: '3', sign_type: 'RSA2' });
    expect(sign).toBe(rsaSignature('b=2&c=3&sign_type=RSA2', merchant.privateKey));
  });
});

describe('A notification of Alipay', () => {
  const { publicKey, parameters } = alipayVectors.notification;

  test('is believed when it is a real one', () => {
    expect(isSigned(parameters, rsaPublicKey(publicKey))).toBe(true);
  });

  test.each(Object.keys(parameters).filter((name) => name !== 'sign_type'))(
    'is not believed when its %s was changed',
    (name) => {
      const changed = { ...parameters, [name]: `${parameters[name]} ` };
      expect(isSigned(name === 'sign' ? { ...parameters, sign: 'QQ==' } : changed, rsaPublicKey(publicKey))).toBe(
        false,
      );
    },
  );

  test('is not believed without a signature, with that of another key, or with a parameter more', () => {
    const { sign: _, ...unsigned } = parameters;
    expect(isSigned(unsigned, rsaPublicKey(publicKey))).toBe(false);
    expect(isSigned(parameters, alipay.publicKey)).toBe(false);
    expect(isSigned({ ...parameters, refund_fee: '0.10' }, rsaPublicKey(publicKey))).toBe(false);
  });

  test('is believed by the SDK when we believe it', () => {
    const covered = 'app_id=2021000000000001&out_trade_no=o-1&subject=茶 100% & more=better&total_amount=88.00';
    const good = { ...NOTIFICATION, sign: rsaSignature(covered, alipay.privateKey) };
    const { passback_params: _, ...withoutEmpty } = good;

    expect(isSigned(good, alipay.publicKey)).toBe(true);
    expect(sdk.checkNotifySignV2(withoutEmpty)).toBe(true);
  });
});

describe("Alipay's answer", () => {
  const { publicKey, method, text } = alipayVectors.answer;

  test('is believed when it is a real one', () => {
    expect(signedAnswer(text, method, rsaPublicKey(publicKey))).toEqual({
      code: '10000',
      msg: 'Success',
      file_id: 'CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr',
    });
  });

  test('says nothing when it was changed, is unsigned, or answers another call', () => {
    const key = rsaPublicKey(publicKey);
    expect(signedAnswer(text.replace('10000', '10003'), method, key)).toBeUndefined();
    expect(signedAnswer(text.replace(/,"sign":"[^"]+"/, ''), method, key)).toBeUndefined();
    expect(signedAnswer(text, 'alipay.trade.query', key)).toBeUndefined();
    expect(signedAnswer('<html>busy</html>', method, key)).toBeUndefined();
  });

  test('is the text as it came: slashes stay escaped, and members within do not end it', () => {
    const content = String.raw`{"code":"10000","qr_code":"https:\/\/qr.alipay.com\/bax","sign":"x","list":[{"a":"}\"]"}],"end":1}`;
    const whole = ` {\n "alipay_trade_precreate_response" : ${content} ,\n "sign" : "${rsaSignature(content, alipay.privateKey)}" } `;

    expect(memberText(whole, 'alipay_trade_precreate_response')).toBe(content);
    expect(signedAnswer(whole, 'alipay.trade.precreate', alipay.publicKey)).toMatchObject({
      qr_code: 'https://qr.alipay.com/bax',
    });
    expect(sdk.getSignStr(whole, 'alipay_trade_precreate_response')).toBe(content);
  });

  test('may be an error of the gateway, which comes under a name of its own', () => {
    const content = '{"code":"40002","sub_code":"isv.invalid-app-id"}';
    const sign = rsaSignature(content, alipay.privateKey);

    expect(
      signedAnswer(`{"error_response":${content},"sign":"${sign}"}`, 'alipay.trade.query', alipay.publicKey),
    ).toEqual({ code: '40002', sub_code: 'isv.invalid-app-id' });
    expect(signedAnswer(`{"error_response":${content}}`, 'alipay.trade.query', alipay.publicKey)).toBeUndefined();
  });
});

describe('Certificates of Alipay', () => {
  const { app, alipay: own, root } = alipayVectors.certificates;

  test('have the numbers that Alipay gives them', () => {
    expect(certificateNumber(app.pem)).toBe(app.number);
    expect(certificateNumber(own.pem)).toBe(own.number);
    expect(rootCertificateNumber(root.pem)).toBe(root.number);
  });

  test('hold the key that verifies', () => {
    expect(rsaPublicKey(own.pem).export({ format: 'der', type: 'spki' }).toString('base64')).toBe(own.publicKey);
  });
});
