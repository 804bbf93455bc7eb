/** Signatures of API v3 as WeChat Pay makes and checks them. */
import { randomBytes } from 'node:crypto';
import type { Call } from '../shared/http.ts';
import { hasSigned, type RsaKeys, signatureOf } from '../shared/rsa.ts';
import { validCertificates, type WechatPaySecrets } from './identity.ts';
import { Refusal } from './protocol.ts';

const TOLERANCE_SECONDS = 300;

/** @throws Refusal 401 unless the merchant has signed the request a moment ago */
export function checkAuthorization(
  { headers, target, text }: Call,
  method: string,
  { mchid, merchant, merchantSerial }: WechatPaySecrets,
  now: number,
): void {
  const [, fields = ''] = /^WECHATPAY2-SHA256-RSA2048 (.+)$/.exec(headers.authorization ?? '') ?? [];
  const given: Readonly<Record<string, string>> = Object.fromEntries(
    [...fields.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const { timestamp = '', nonce_str: nonce = '', signature = '' } = given;
  if (given['mchid'] !== mchid || given['serial_no'] !== merchantSerial) throw refused('The merchant is not known.');
  if (!(Math.abs(now / 1_000 - Number(timestamp)) <= TOLERANCE_SECONDS)) throw refused('The time is another one.');
  const signed = [method, target, timestamp, nonce, text, ''].join('\n');
  if (!hasSigned(merchant, signed, signature)) throw refused('The signature is wrong.');
  if (headers['user-agent'] === undefined || headers.accept === undefined) {
    throw new Refusal(406, 'PARAM_ERROR', 'Accept and User-Agent are missing.');
  }
}

const refused = (message: string) => new Refusal(401, 'SIGN_ERROR', message);

/** The headers that sign a text of WeChat Pay. @param serial of the public key, for a merchant that has it; else the newest certificate signs */
export function signedHeaders(
  text: string,
  serial: string | undefined,
  secrets: WechatPaySecrets,
  now: number,
): Record<string, string> {
  const { published } = secrets;
  const by = serial === published.serial ? published : validCertificates(secrets).at(-1)!;
  return headersBy(by.keys, by.serial, text, now);
}

export function headersBy(keys: RsaKeys, serial: string, text: string, now: number): Record<string, string> {
  const [timestamp, nonce] = [String(Math.floor(now / 1_000)), randomBytes(16).toString('hex')];
  return {
    'wechatpay-serial': serial,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signatureOf([timestamp, nonce, text, ''].join('\n'), keys),
  };
}
