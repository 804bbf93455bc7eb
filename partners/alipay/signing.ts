/** RSA2 as Alipay makes and checks it. */
import { hasSigned, type RsaKeys, signatureOf } from '../shared/rsa.ts';
import type { AlipaySecrets } from './identity.ts';

type Fields = Readonly<Record<string, string>>;

/** What is signed of `fields`: sorted, and without those that are empty or named. */
const contentOf = (fields: Fields, ...without: readonly string[]): string => {
  const names = Object.keys(fields).filter((name) => fields[name] !== '' && !without.includes(name));
  return names
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
};

export const isFromMerchant = (parameters: Fields, { merchant }: AlipaySecrets): boolean =>
  hasSigned(merchant, contentOf(parameters, 'sign'), parameters['sign'] ?? '');

/** A notification with its signature, as the body of a form. */
export const signedForm = (fields: Fields, keys: RsaKeys): string =>
  new URLSearchParams({ ...fields, sign_type: 'RSA2', sign: signatureOf(contentOf(fields), keys) }).toString();

/** An answer; its slashes are escaped as Alipay's are. @param certificateSn for merchants in certificate mode */
export function signedAnswer(node: string, content: object, { alipay }: AlipaySecrets, certificateSn?: string): string {
  const text = JSON.stringify(content).replaceAll('/', String.raw`\/`);
  const number = certificateSn === undefined ? '' : `,"alipay_cert_sn":"${certificateSn}"`;
  return `{"${node}":${text}${number},"sign":"${signatureOf(text, alipay)}"}`;
}
