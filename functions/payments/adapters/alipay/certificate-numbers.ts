/** The numbers by which a merchant in certificate mode names its certificates. Source: opendocs.alipay.com/common/057k53. */
import { createHash, X509Certificate } from 'node:crypto';

/** Signature algorithms with RSA; the others in Alipay's root file are of China's own cryptography, and do not count. */
const RSA_SIGNATURES = '1.2.840.113549.1.1';

/** `app_cert_sn`, and the number of Alipay's certificate. @param certificate PEM; of a chain, the first counts */
export const certificateNumber = (certificate: string): string => numberOf(new X509Certificate(certificate));

/** `alipay_root_cert_sn`. @param certificates PEM, one after the other */
export const rootCertificateNumber = (certificates: string): string =>
  (certificates.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
    .map((certificate) => new X509Certificate(certificate))
    .filter(({ signatureAlgorithmOid = '' }) => signatureAlgorithmOid.startsWith(RSA_SIGNATURES))
    .map(numberOf)
    .join('_');

/** MD5 of the issuer's names, the last one first, and of the serial number in decimal digits. */
function numberOf({ issuer, serialNumber }: X509Certificate): string {
  const names = issuer.split('\n').reverse().join(',');
  return createHash('md5')
    .update(`${names}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}
