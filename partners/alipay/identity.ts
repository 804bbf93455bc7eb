/** The keys of Alipay and of its one merchant, and how each knows the other. */
import { createHash, randomInt, X509Certificate } from 'node:crypto';
import { newAuthority } from '../shared/certificates.ts';
import type { Route } from '../shared/http.ts';
import { bareKey, newRsaKeys, type RsaKeys } from '../shared/rsa.ts';

export interface AlipaySecrets {
  readonly appId: string;
  readonly sellerId: string;
  readonly merchant: RsaKeys;
  readonly alipay: RsaKeys;
  /** In PEM; for merchants in certificate mode. */
  readonly certificates: { readonly app: string; readonly alipay: string; readonly root: string };
}

/** @param bits of the keys @default what Alipay asks for */
export function newSecrets(bits?: number): AlipaySecrets {
  const [merchant, alipay, authority] = [newRsaKeys(bits), newRsaKeys(bits), newRsaKeys(bits)];
  const appId = digits('2021', 16);
  const root = newAuthority(
    [
      ['C', 'CN'],
      ['O', 'Simulated Alipay'],
      ['CN', 'Root authority'],
    ],
    authority,
  );
  return {
    appId,
    sellerId: digits('2088', 16),
    merchant,
    alipay,
    certificates: {
      app: root.issue(
        [
          ['C', 'CN'],
          ['CN', appId],
        ],
        merchant.publicKey,
      ),
      alipay: root.issue(
        [
          ['C', 'CN'],
          ['CN', 'Alipay'],
        ],
        alipay.publicKey,
      ),
      root: root.certificate,
    },
  };
}

const digits = (start: string, length: number): string =>
  start + Array.from({ length: length - start.length }, () => randomInt(10)).join('');

/** MD5 of the issuer, in the order of RFC 2253, and the serial number in decimal digits. */
export function certificateSn(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const text = issuer.split('\n').toReversed().join(',') + BigInt(`0x${serialNumber}`).toString();
  return createHash('md5').update(text).digest('hex');
}

/** What a merchant copies from the console, in either mode. A real console does not have the merchant's private key. */
export const credentialRoute = ({ appId, sellerId, merchant, alipay, certificates }: AlipaySecrets): Route => ({
  method: 'GET',
  path: /^\/v1\/credential$/,
  handle: ({ query }) => ({
    status: 200,
    body: {
      appId,
      sellerId,
      privateKey: bareKey(merchant.privateKey),
      ...(query.get('mode') === 'certificates'
        ? {
            appCertificate: certificates.app,
            alipayCertificate: certificates.alipay,
            alipayRootCertificate: certificates.root,
          }
        : { alipayPublicKey: bareKey(alipay.publicKey) }),
    },
  }),
});
