import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

type Secret = string | ArrayBuffer | ArrayBufferView;

/** The SDK signs with the same derived key for a day. */
const keys = new WeakMap<object, KeyObject>();

/**
 * SHA-256, keyed (HMAC) when there is a secret, in the shape that SDK clients take (`sha256` of their configuration). The
 * SDK's own gives Node the key as bytes for each request, and Node 24.18 to 24.21 takes several times as long for bytes as
 * for a key (24.15 does not).
 */
export class RequestHash {
  readonly #start: () => { update(data: Uint8Array): unknown; digest(): Buffer };
  #hash;

  constructor(secret?: Secret) {
    this.#start = secret === undefined ? () => createHash('sha256') : () => createHmac('sha256', keyOf(secret));
    this.#hash = this.#start();
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#start();
  }
}

function keyOf(secret: Secret): string | KeyObject {
  if (typeof secret === 'string') return secret;
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(bytesOf(secret));
  keys.set(secret, key);
  return key;
}

const bytesOf = (secret: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);
