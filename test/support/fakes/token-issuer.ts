/** An OpenID Connect issuer without a network: its keys behind `fetch`, and valid or forged tokens. */
import type { webcrypto } from 'node:crypto';
import { base64url, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'waybill';

export interface TestKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: webcrypto.CryptoKey;
  readonly jwk: object;
}

export async function newKey(kid: string, alg: 'ES256' | 'RS256' | 'PS256' | 'ES384' = 'ES256'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid } };
}

/** Signs a valid token with some claims replaced; an undefined claim is left out. */
export async function tokenBy(
  key: TestKey,
  claims: Readonly<Record<string, unknown>>,
  now: number,
  header: object = {},
): Promise<string> {
  const seconds = Math.floor(now / 1_000);
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'C1',
    role: 'customer',
    iat: seconds,
    exp: seconds + 3_600,
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(all)) as JWTPayload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

/** A token that needs no key: any header and claims, with the given text as signature. */
export const unsigned = (header: object, claims: object, signature = ''): string =>
  [header, claims]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .concat(signature)
    .join('.');

export class FakeIssuer {
  /** The requested URLs, in order. */
  readonly requests: string[] = [];
  /** The published keys; undefined while the issuer is down. */
  keys: readonly TestKey[] | undefined;
  calledItself = ISSUER;
  keysAt = `${ISSUER}/keys`;

  constructor(...keys: readonly TestKey[]) {
    this.keys = keys;
  }

  readonly fetch = (async (url: string) => {
    this.requests.push(url);
    if (this.keys === undefined) throw new TypeError('fetch failed');
    switch (url) {
      case `${ISSUER}/.well-known/openid-configuration`:
        return Response.json({ issuer: this.calledItself, jwks_uri: this.keysAt });
      case `${ISSUER}/keys`:
        return Response.json({ keys: this.keys.map(({ jwk }) => jwk) });
      default:
        return new Response('', { status: 404 });
    }
  }) as typeof fetch;
}
