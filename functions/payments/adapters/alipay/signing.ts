/**
 * Signatures of Alipay's OpenAPI v2 with sign_type RSA2. Source: opendocs.alipay.com/common/02kf5q (requests, answers) and
 * opendocs.alipay.com/open/270/105902 (notifications).
 */
import type { KeyObject } from 'node:crypto';
import { isRsaSignature, rsaSignature } from '../rsa.ts';

/** Decoded: they are encoded for transport after they were signed, and decoded once before they are verified. */
export type Parameters = Readonly<Record<string, string>>;

/** The same parameters without the empty ones, and with their signature. */
export function signed(parameters: Parameters, privateKey: KeyObject): Parameters {
  const filled = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
  return { ...filled, sign: rsaSignature(joined(filled, ['sign']), privateKey) };
}

/** Whether Alipay has signed a notification: its `sign_type` is not covered. */
export const isSigned = (notification: Parameters, publicKey: KeyObject): boolean =>
  notification['sign'] !== undefined &&
  isRsaSignature(notification['sign'], joined(notification, ['sign', 'sign_type']), publicKey);

/** `name=value` joined by `&`, in the order of the names' characters. */
const joined = (parameters: Parameters, without: readonly string[]): string =>
  Object.keys(parameters)
    .filter((name) => parameters[name] !== '' && !without.includes(name))
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
