/** What the issuer remembers of people who have signed in: sessions, codes and refresh tokens, all in memory. */
import { createHash, randomBytes } from 'node:crypto';
import { OAuthError } from './oauth-error.ts';
import type { Person } from './people.ts';

/** A code is on its way through one redirect. */
const CODE_MS = 60_000;
/** A day's work, after which one signs in again. */
const SESSION_MS = 12 * 3_600_000;

export interface Session {
  /** In the browser's cookie, and a secret. */
  readonly id: string;
  /** In identity tokens. */
  readonly name: string;
  readonly person: Person;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** What a person lets a client do. */
export interface Grant {
  readonly session: Session;
  readonly clientId: string;
  /** Granted ones, those of OpenID Connect among them. */
  readonly scopes: readonly string[];
}

export interface CodeRequest extends Grant {
  readonly nonce?: string | undefined;
  readonly redirectUri: string;
  /** base64url of the SHA-256 of the verifier (RFC 7636, 4.2). */
  readonly challenge: string;
}

interface Code extends CodeRequest {
  readonly expires: number;
  isUsed: boolean;
}

interface RefreshToken {
  readonly grant: Grant;
  isUsed: boolean;
}

export class SignIns {
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #codes = new Map<string, Code>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #revoked = new WeakSet<Grant>();

  /** @param now in milliseconds since the epoch */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  start(person: Person): Session {
    this.#forget();
    const session = { id: secret(), name: secret(), person, since: this.#now() };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session of a browser's cookie, while it lasts. */
  sessionOf(id: string | undefined): Session | undefined {
    const session = this.#sessions.get(id ?? '');
    return session !== undefined && this.#isLive(session) ? session : undefined;
  }

  /** Ends the session of that name, and with it its refresh tokens. */
  end(name: string): void {
    for (const session of this.#sessions.values()) if (session.name === name) this.#sessions.delete(session.id);
  }

  code(request: CodeRequest): string {
    const code = secret();
    this.#codes.set(code, { ...request, expires: this.#now() + CODE_MS, isUsed: false });
    return code;
  }

  /**
   * What the code was given for; a code that comes twice may have been stolen, so that what it was used for ends (RFC 6749, 4.1.2).
   * @throws OAuthError
   */
  redeem(code: string, by: { readonly clientId: string; readonly redirectUri: string; readonly verifier: string }) {
    const known = this.#codes.get(code);
    if (known === undefined) throw new OAuthError('invalid_grant', 'There is no such code, or it has expired.');
    if (known.isUsed) {
      this.#revoked.add(known);
      throw new OAuthError('invalid_grant', 'The code has been used before: what it was used for is revoked, too.');
    }
    known.isUsed = true;
    if (this.#now() >= known.expires) {
      throw new OAuthError('invalid_grant', 'The code has expired: it is good for a minute.');
    }
    if (known.clientId !== by.clientId) throw new OAuthError('invalid_grant', 'The code was given to another client.');
    if (known.redirectUri !== by.redirectUri) {
      throw new OAuthError(
        'invalid_grant',
        `redirect_uri is ${by.redirectUri}; the code was sent to ${known.redirectUri}.`,
      );
    }
    if (challengeOf(by.verifier) !== known.challenge) {
      throw new OAuthError('invalid_grant', 'code_verifier does not fit the code_challenge (S256) of the sign-in.');
    }
    return this.#live(known);
  }

  refreshToken(grant: Grant): string {
    const token = secret();
    this.#refreshTokens.set(token, { grant, isUsed: false });
    return token;
  }

  /**
   * What the refresh token was given for. Each is good for one use: the second one ends all that came of the sign-in (RFC 9700, 4.14).
   * @throws OAuthError
   */
  renew(token: string, clientId: string): Grant {
    const known = this.#refreshTokens.get(token);
    if (known === undefined) {
      throw new OAuthError('invalid_grant', 'There is no such refresh token, or it has expired.');
    }
    if (known.grant.clientId !== clientId) {
      throw new OAuthError('invalid_grant', 'The refresh token was given to another client.');
    }
    if (known.isUsed) {
      this.#revoked.add(known.grant);
      throw new OAuthError('invalid_grant', 'The refresh token has been used before: the sign-in is revoked.');
    }
    known.isUsed = true;
    return this.#live(known.grant);
  }

  #live<G extends Grant>(grant: G): G {
    if (!this.#isLive(grant.session)) {
      throw new OAuthError('invalid_grant', 'The person has signed out, or the session is over.');
    }
    if (this.#revoked.has(grant)) throw new OAuthError('invalid_grant', 'The sign-in is revoked.');
    return grant;
  }

  #isLive({ id, since }: Session): boolean {
    return this.#sessions.has(id) && this.#now() < since + SESSION_MS;
  }

  /** What nobody can use any more. */
  #forget(): void {
    for (const [id, session] of this.#sessions) if (!this.#isLive(session)) this.#sessions.delete(id);
    for (const [code, { session }] of this.#codes) if (!this.#isLive(session)) this.#codes.delete(code);
    for (const [token, { grant }] of this.#refreshTokens) {
      if (!this.#isLive(grant.session)) this.#refreshTokens.delete(token);
    }
  }
}

const secret = (): string => randomBytes(32).toString('base64url');

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
