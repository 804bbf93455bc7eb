/** RSA as the payment channels use it: 2048 bits, SHA-256, PKCS #1 v1.5, signatures in Base64. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';

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
  sign('RSA-SHA256', Buffer.from(text), privateKeyIn(privateKey)).toString('base64');

export const hasSigned = ({ publicKey }: Pick<RsaKeys, 'publicKey'>, text: string, signature: string): boolean =>
  verify('RSA-SHA256', Buffer.from(text), publicKeyIn(publicKey), Buffer.from(signature, 'base64'));

/** Reading a key takes as long as signing with it, and a partner has few. */
function readOnce(read: (pem: string) => KeyObject): (pem: string) => KeyObject {
  const known = new Map<string, KeyObject>();
  return (pem) => {
    const key = known.get(pem) ?? read(pem);
    known.set(pem, key);
    return key;
  };
}
const privateKeyIn = readOnce(createPrivateKey);
const publicKeyIn = readOnce(createPublicKey);

/** The Base64 of the key alone, as consoles of channels show it. */
export const bareKey = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
