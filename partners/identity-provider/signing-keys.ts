/** The signing keys and the provider's address. Both are kept over a restart, so that tokens stay valid. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  sign,
  verify,
} from 'node:crypto';
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

/** The content of the file; the newest key comes first. */
const stored = z.object({ port: z.int().optional(), keys: z.array(privateJwk).min(1) });

/** Tokens outlive the rotation of their key, so the previous key stays published. */
const PUBLISHED_KEYS = 2;

export class SigningKeys {
  readonly #file: string | undefined;
  #keys: readonly PrivateJwk[];
  #port: number | undefined;
  #issuer = '';

  /** @param file readable only by its owner; without one the keys are in memory */
  constructor(file?: string) {
    this.#file = file;
    const kept =
      file !== undefined && existsSync(file) ? stored.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
    this.#keys = kept?.keys ?? [newKey()];
    this.#port = kept?.port;
  }

  /** The port of the previous run: tokens name the issuer's address, so it should stay the same. */
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

  /** The JSON Web Key Set (RFC 7517), with the public parts only. */
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

  /** The claims of a token that was signed with a published key, expired or not; undefined for anything else. */
  claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const isOurs = this.#keys.some((key) =>
      verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        { key: createPublicKey({ key: publicPart(key), format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      ),
    );
    if (!isOurs) return undefined;
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Readonly<Record<string, unknown>>;
  }

  /** Replaces the file atomically: a kill in between leaves the old file. */
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
