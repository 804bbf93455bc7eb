/** Whether an answer or a notification comes from WeChat Pay. Source: pay.weixin.qq.com/doc/v3/merchant/4013053420. */
import type { KeyObject } from 'node:crypto';
import { isRsaSignature } from '../rsa.ts';
import { lines } from './authorization.ts';

const TOLERANCE_SECONDS = 300;

export interface Received {
  /** Names are in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it came; of a 204 it is empty. */
  readonly text: string;
}

/**
 * The keys that WeChat Pay signs with, by what `Wechatpay-Serial` names: the serial number of a platform certificate, or the id of a
 * public key (`PUB_KEY_ID_…`). During a switch both are known.
 */
export type PlatformKeys = ReadonlyMap<string, KeyObject>;

/** What names the key that it is signed with. */
export function serialIn({ headers }: Pick<Received, 'headers'>): string | undefined {
  const serial = headers['wechatpay-serial'];
  return typeof serial === 'string' && serial !== '' ? serial : undefined;
}

/**
 * Why it is not believed; undefined when it is signed. WeChat Pay also sends wrong signatures (`WECHATPAY/SIGNTEST/…`), to see whether
 * they are refused: they fail as every other wrong signature.
 * @param now milliseconds since the epoch
 */
export function distrust({ headers, text }: Received, keys: PlatformKeys, now: number): string | undefined {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map((name) => {
    const value = headers[`wechatpay-${name}`];
    return typeof value === 'string' && value !== '' ? value : undefined;
  });
  if (timestamp === undefined || nonce === undefined || serial === undefined || signature === undefined) {
    return 'It has no signature of WeChat Pay.';
  }
  if (!(Math.abs(now / 1_000 - Number(timestamp)) <= TOLERANCE_SECONDS)) {
    return `Its signature is of ${timestamp}, which is more than ${TOLERANCE_SECONDS} seconds from now.`;
  }
  const key = keys.get(serial);
  if (key === undefined) return `It is signed with ${serial}; expected ${[...keys.keys()].join(' or ')}.`;
  return isRsaSignature(signature, lines(timestamp, nonce, text), key) ? undefined : 'Its signature is wrong.';
}
