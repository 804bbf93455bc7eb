/** The keys that tokens are signed with, and where the provider lives: what must outlast a restart for tokens to do so. */
import { createHash, createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

const privateJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  d: z.string(),
});
type PrivateJwk = z.output<typeof privateJwk>;

/** The file: the newest key first. */
const stored = z.object({ port: z.int().optional(), keys: z.array(privateJwk).min(1) });

/** A token lives longer than the key that signed it is the newest: the key before stays published. */
const PUBLISHED_KEYS = 2;

export class SigningKeys {
  readonly #file: string | undefined;
  #keys: readonly PrivateJwk[];
  #port: number | undefined;
  #issuer = '';

  /** @param file kept in memory when undefined; readable to its owner alone */
  constructor(file?: string) {
    this.#file = file;
    const kept =
      file !== undefined && existsSync(file) ? stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
    this.#keys = kept?.keys ?? [newKey()];
    this.#port = kept?.port;
  }

  /** Where it listened before: tokens name the address that they were issued at. */
  get port(): number | undefined {
    return this.#port;
  }

  get issuer(): string {
    return this.#issuer;
  }

  listenAt(url: string): void {
    this.#issuer = url;
    this.#port = Number(new URL(url).port);
    this.#save();
  }

  /** The JSON Web Key Set (RFC 7517), without what is private. */
  published(): { keys: object[] } {
    return { keys: this.#keys.map((key) => ({ ...publicPart(key), kid: thumbprint(key), use: 'sig', alg: 'ES256' })) };
  }

  /** Signs with a new key from now on. @returns its id */
  rotate(): string {
    const key = newKey();
    this.#keys = [key, ...this.#keys].slice(0, PUBLISHED_KEYS);
    this.#save();
    return thumbprint(key);
  }

  /** A JSON Web Token (RFC 7519) of these claims. */
  sign(claims: object): string {
    const key = this.#keys[0]!;
    const signed = [{ alg: 'ES256', typ: 'JWT', kid: thumbprint(key) }, claims].map(base64url).join('.');
    const signature = sign('sha256', Buffer.from(signed), {
      key: createPrivateKey({ key: key as unknown as JsonWebKey, format: 'jwk' }),
      dsaEncoding: 'ieee-p1363',
    });
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** As a whole or not at all: a kill in between leaves the file that was there. */
  #save(): void {
    if (this.#file === undefined) return;
    const draft = `${this.#file}.new`;
    writeFileSync(draft, JSON.stringify({ port: this.#port, keys: this.#keys }), { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

const newKey = (): PrivateJwk =>
  privateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));

const publicPart = ({ kty, crv, x, y }: PrivateJwk) => ({ crv, kty, x, y });

/** RFC 7638: the hash of the key's required members in alphabetical order. */
const thumbprint = (key: PrivateJwk): string =>
  createHash('sha256')
    .update(JSON.stringify(publicPart(key)))
    .digest('base64url');

const base64url = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
