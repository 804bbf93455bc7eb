/** Signatures of a merchant for WeChat Pay API v3. Source: pay.weixin.qq.com/doc/v3/merchant/4012365342 and 4012365340. */
import type { KeyObject } from 'node:crypto';
import { rsaSignature } from '../rsa.ts';

export interface Merchant {
  readonly mchid: string;
  /** The serial number of the merchant's certificate, in hexadecimal digits. */
  readonly serialNo: string;
  readonly privateKey: KeyObject;
}

export interface RequestToSign {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Exactly as it is sent. @default none */
  readonly body?: string;
}

/** What makes a signature differ from every other one. */
export interface Occasion {
  readonly nonce: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The Authorization header of a request. */
export function authorization(
  { method, path, body = '' }: RequestToSign,
  { mchid, serialNo, privateKey }: Merchant,
  { nonce, at }: Occasion,
): string {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = rsaSignature(lines(method, path, timestamp, nonce, body), privateKey);
  const fields = { mchid, nonce_str: nonce, timestamp, serial_no: serialNo, signature };
  const written = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${written.join(',')}`;
}

/** What a page within WeChat gives to `WeixinJSBridge` to let the customer pay. Source: pay.weixin.qq.com/doc/v3/merchant/4012365341. */
export function jsapiPayment(
  { appid, prepayId }: { readonly appid: string; readonly prepayId: string },
  privateKey: KeyObject,
  { nonce, at }: Occasion,
) {
  const timeStamp = String(Math.floor(at / 1_000));
  const prepaid = `prepay_id=${prepayId}`;
  const paySign = rsaSignature(lines(appid, timeStamp, nonce, prepaid), privateKey);
  return { appId: appid, timeStamp, nonceStr: nonce, package: prepaid, signType: 'RSA', paySign } as const;
}

/** Each with a line feed after it, also the last one and an empty one. */
export const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
