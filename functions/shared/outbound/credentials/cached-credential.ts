import type { Credential } from './credential.ts';
import type { CredentialObserver, CredentialSource, Identified } from './ports.ts';

export interface CachedCredentialOptions<Known> {
  readonly partner: string;
  /** Reads the newest one. */
  readonly read: () => Promise<Known>;
  readonly observer: Pick<CredentialObserver, 'unavailable'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A credential that is withdrawn is replaced sooner: the partner says that it does not accept it. */
const FRESH_MS = 5 * 60_000;
/** How often at most the secret is read while it cannot be had, or while the partner accepts nothing. */
const COOLDOWN_MS = 5_000;

/** A partner's credential as one function instance knows it: one reading however many calls ask for it. */
export class CachedCredential<Known extends Identified = Credential> implements CredentialSource<Known> {
  readonly #options: CachedCredentialOptions<Known>;
  #known: Known | undefined;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<Known> | undefined;

  constructor(options: CachedCredentialOptions<Known>) {
    this.#options = options;
  }

  async current(): Promise<Known> {
    if (this.#known !== undefined && this.#options.now() < this.#freshUntil) return this.#known;
    return this.#renewed();
  }

  async successorOf(refused: Known): Promise<Known | undefined> {
    const isNew = ({ keyId, secret }: Identified) => keyId !== refused.keyId || secret !== refused.secret;
    if (this.#known !== undefined && isNew(this.#known)) return this.#known;
    if (this.#options.now() - this.#readAt < COOLDOWN_MS) return undefined;
    const read = await this.#renewed();
    return isNew(read) ? read : undefined;
  }

  #renewed(): Promise<Known> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<Known> {
    const { partner, read, observer, now } = this.#options;
    this.#readAt = now();
    try {
      this.#known = await read();
      this.#freshUntil = now() + FRESH_MS;
      return this.#known;
    } catch (cause) {
      observer.unavailable(partner, cause);
      if (this.#known === undefined) throw cause;
      this.#freshUntil = now() + COOLDOWN_MS;
      return this.#known;
    }
  }
}
