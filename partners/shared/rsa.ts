/** RSA as the payment channels use it: 2048 bits, SHA-256, PKCS #1 v1.5, signatures in Base64. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';

/** In PEM. */
export interface RsaKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

const BITS = 2_048;

/** @param bits fewer where much is signed and nobody is kept out */
export const newRsaKeys = (bits = BITS): RsaKeys =>
  generateKeyPairSync('rsa', {
    modulusLength: bits,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });

export const signatureOf = (text: string, { privateKey }: RsaKeys): string =>
  sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');

export const hasSigned = ({ publicKey }: Pick<RsaKeys, 'publicKey'>, text: string, signature: string): boolean =>
  verify('RSA-SHA256', Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));

/** The Base64 of the key alone, as consoles of channels show it. */
export const bareKey = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
