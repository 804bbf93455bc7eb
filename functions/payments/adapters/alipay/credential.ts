import * as z from 'zod';
import { parseSecret } from '../../../shared/outbound/credentials/secret-text.ts';
import { rsaPrivateKey, rsaPublicKey } from '../rsa.ts';
import { certificateNumber, rootCertificateNumber } from './certificate-numbers.ts';

const common = {
  appId: z.string().regex(/^\d{8,32}$/),
  /** Our account, which notifications name. */
  sellerId: z.string().regex(/^\d{8,32}$/),
  /** PEM, or bare Base64. */
  privateKey: z.string().min(32),
};

/** Alipay's key as it is, or certificates. */
const secret = z.union([
  z.strictObject({ ...common, alipayPublicKey: z.string().min(32) }),
  z.strictObject({
    ...common,
    appCertificate: z.string().min(32),
    alipayCertificate: z.string().min(32),
    alipayRootCertificate: z.string().min(32),
  }),
]);

export type AlipayCredential = ReturnType<typeof parseAlipayCredential>;

/** @throws Error that shows nothing of the secret */
export function parseAlipayCredential(text: string) {
  const held = parseSecret(secret, 'Alipay', text);
  const { appId, sellerId, privateKey } = held;
  const isCertified = 'alipayCertificate' in held;
  return {
    keyId: appId,
    secret: privateKey,
    appId,
    sellerId,
    privateKey: rsaPrivateKey(privateKey),
    alipayKey: rsaPublicKey(isCertified ? held.alipayCertificate : held.alipayPublicKey),
    /** What each call names in certificate mode. */
    certificates: isCertified
      ? {
          app_cert_sn: certificateNumber(held.appCertificate),
          alipay_root_cert_sn: rootCertificateNumber(held.alipayRootCertificate),
        }
      : {},
  };
}
