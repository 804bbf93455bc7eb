/** SHA-256 with RSA (PKCS #1 v1.5), in Base64: the signature of Alipay (which calls it RSA2) and of WeChat Pay API v3. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/**
 * @param text PEM, or the bare Base64 of a DER key: PKCS #8 or PKCS #1
 * @throws Error that shows nothing of the key
 */
export const rsaPrivateKey = (text: string): KeyObject =>
  rsaKey(text, 'private', [
    () => createPrivateKey(text),
    () => createPrivateKey({ key: derIn(text), format: 'der', type: 'pkcs8' }),
    () => createPrivateKey({ key: derIn(text), format: 'der', type: 'pkcs1' }),
  ]);

/**
 * @param text PEM of a key or of a certificate, or the bare Base64 of a DER key: SubjectPublicKeyInfo or PKCS #1
 * @throws Error
 */
export const rsaPublicKey = (text: string): KeyObject =>
  rsaKey(text, 'public', [
    () => createPublicKey(text),
    () => createPublicKey({ key: derIn(text), format: 'der', type: 'spki' }),
    () => createPublicKey({ key: derIn(text), format: 'der', type: 'pkcs1' }),
  ]);

export const rsaSignature = (text: string, key: KeyObject): string =>
  sign('sha256', Buffer.from(text), key).toString('base64');

export const isRsaSignature = (signature: string, text: string, key: KeyObject): boolean =>
  verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'));

const derIn = (text: string): Buffer => Buffer.from(text, 'base64');

function rsaKey(text: string, kind: 'private' | 'public', forms: readonly (() => KeyObject)[]): KeyObject {
  for (const read of text.includes('-----BEGIN') ? forms.slice(0, 1) : forms.slice(1)) {
    const key = keyOrNone(read);
    if (key?.asymmetricKeyType === 'rsa') return key;
  }
  throw new Error(
    `This is no ${kind} RSA key. Expected PEM, or the Base64 of a DER key, as the channel's console shows it.`,
  );
}

/** The error of a form that does not fit is dropped: another form may fit. */
function keyOrNone(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
