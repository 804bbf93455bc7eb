/**
 * The public keys of an OpenID Connect issuer, found by discovery and kept for as long as they may be trusted without
 * asking again.
 * See docs/decisions/0023-tokens-of-any-openid-connect-issuer.md.
 */
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { logger } from '../../shared/edge/logger.ts';
import { safeUrl } from '../../shared/edge/safe-url.ts';
import { DependencyUnavailable } from '../../shared/kernel/errors.ts';

/** A key that the issuer withdraws is accepted for no longer than this. */
const FRESH_MS = 10 * 60_000;
/**
 * While the issuer cannot be reached, its last known keys are accepted for this long: it issues no new tokens either.
 */
const USABLE_MS = 60 * 60_000;
/** A token of an unknown key makes us ask the issuer again, but no more often than this, for all callers together. */
const COOLDOWN_MS = 5_000;
const REQUEST_TIMEOUT_MS = 2_000;

const discovery = z.object({ issuer: z.string(), jwks_uri: safeUrl });
const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

export interface IssuerKeysOptions {
  /** As tokens name it in `iss`. */
  readonly issuer: string;
  /** Milliseconds since the epoch. @default the system's clock */
  readonly now?: () => number;
  /** @default the platform's own */
  readonly fetch?: typeof fetch;
}

export class IssuerKeys {
  readonly #issuer: string;
  readonly #now: () => number;
  readonly #fetch: typeof fetch;
  #known: { readonly find: JWTVerifyGetKey; readonly fetchedAt: number } | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor({ issuer, now = Date.now, fetch = globalThis.fetch }: IssuerKeysOptions) {
    this.#issuer = issuer;
    this.#now = now;
    this.#fetch = fetch;
  }

  /**
   * The key that a token names.
   * @throws errors.JWKSNoMatchingKey when the issuer has no such key
   * @throws DependencyUnavailable when the issuer's keys cannot be had
   */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const find = await this.#current();
    try {
      return await find(header, token);
    } catch (error) {
      const mayBeNew = error instanceof errors.JWKSNoMatchingKey && this.#now() - this.#askedAt >= COOLDOWN_MS;
      if (!mayBeNew) throw error;
      return (await this.#renewed())(header, token);
    }
  };

  async #current(): Promise<JWTVerifyGetKey> {
    const known = this.#known;
    if (known === undefined) return this.#renewed();
    const age = this.#now() - known.fetchedAt;
    const askedJustNow = this.#now() - this.#askedAt < COOLDOWN_MS;
    return age < FRESH_MS || (age < USABLE_MS && askedJustNow) ? known.find : this.#renewed();
  }

  async #renewed(): Promise<JWTVerifyGetKey> {
    this.#askedAt = this.#now();
    try {
      const keys = await this.#fetchKeys();
      this.#known = { find: createLocalJWKSet(keys), fetchedAt: this.#now() };
      return this.#known.find;
    } catch (cause) {
      const known = this.#known;
      if (known === undefined || this.#now() - known.fetchedAt >= USABLE_MS) {
        throw new DependencyUnavailable('The keys of the token issuer could not be had.', { cause });
      }
      logger.warn('The keys of the token issuer could not be had; the last known ones are used.', cause as Error);
      return known.find;
    }
  }

  async #fetchKeys(): Promise<JSONWebKeySet> {
    const configuration = `${this.#issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const { issuer, jwks_uri: keys } = discovery.parse(await this.#getJson(configuration));
    // OpenID Connect Discovery 1.0, 4.3: otherwise one issuer could speak for another.
    if (issuer !== this.#issuer) throw new Error(`The issuer calls itself ${issuer}, not ${this.#issuer}.`);
    return keySet.parse(await this.#getJson(keys));
  }

  async #getJson(url: string): Promise<unknown> {
    const answer = await this.#fetch(url, {
      headers: { accept: 'application/json' },
      // A redirect could lead to an address that is not safe.
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`${url} was answered ${answer.status}.`);
    return answer.json();
  }
}
