import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

type Secret = string | ArrayBuffer | ArrayBufferView;

interface Keyed {
  readonly secret: string;
  readonly data: Uint8Array;
  readonly digest: Uint8Array;
}

const NOTHING = new Uint8Array();
/** The SDK signs with the same derived key for a day. */
const keys = new WeakMap<object, KeyObject>();
/** For each request the SDK looks that key up by what a text as key gives, which is the same as long as the credentials are. */
let lookedUp: Keyed | undefined;

/**
 * SHA-256, keyed (HMAC) when there is a secret, in the shape that SDK clients take (`sha256` of their configuration). The
 * SDK's own gives Node the key as bytes for each request, and Node 24.18 to 24.21 takes several times as long for bytes as
 * for a key (24.15 does not).
 */
export class RequestHash {
  readonly #secret: Secret | undefined;
  #data: Uint8Array = NOTHING;

  constructor(secret?: Secret) {
    this.#secret = secret;
  }

  update(data: Uint8Array): void {
    this.#data = this.#data === NOTHING ? data : Buffer.concat([this.#data, data]);
  }

  async digest(): Promise<Uint8Array> {
    const [secret, data] = [this.#secret, this.#data];
    if (secret === undefined) return hash('sha256', data, 'buffer');
    if (typeof secret !== 'string') return createHmac('sha256', keyOf(secret)).update(data).digest();
    if (lookedUp?.secret !== secret || Buffer.compare(lookedUp.data, data) !== 0) {
      lookedUp = { secret, data, digest: createHmac('sha256', secret).update(data).digest() };
    }
    return lookedUp.digest;
  }

  reset(): void {
    this.#data = NOTHING;
  }
}

function keyOf(secret: ArrayBuffer | ArrayBufferView): KeyObject {
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
