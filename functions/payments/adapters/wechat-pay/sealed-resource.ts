/** What WeChat Pay encrypts: resources of notifications and platform certificates. Source: pay.weixin.qq.com/doc/v3/merchant/4012071382. */
import { createDecipheriv } from 'node:crypto';

export interface SealedResource {
  /** Base64; the last 16 bytes are the tag. */
  readonly ciphertext: string;
  /** 12 bytes. */
  readonly nonce: string;
  readonly associated_data?: string | undefined;
}

const TAG_BYTES = 16;

/** The text; undefined when it was not sealed with `key`. @param key the APIv3 key; 32 bytes make it AES-256-GCM */
export function unsealed({ ciphertext, nonce, associated_data = '' }: SealedResource, key: string): string | undefined {
  const sealed = Buffer.from(ciphertext, 'base64');
  if (sealed.length < TAG_BYTES) return undefined;
  const bytes = Buffer.from(key);
  try {
    const decipher = createDecipheriv(bytes.length === 16 ? 'aes-128-gcm' : 'aes-256-gcm', bytes, nonce)
      .setAuthTag(sealed.subarray(-TAG_BYTES))
      .setAAD(Buffer.from(associated_data));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString();
  } catch {
    return undefined;
  }
}
