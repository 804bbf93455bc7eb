import type { ConfigurationVersions, StoredVersion } from '../../../functions/configuration/application/ports.ts';

/** The port in memory; it passes the same contract suite as the one on Systems Manager. */
export class InMemoryConfigurationVersions implements ConfigurationVersions {
  readonly #versions: StoredVersion[] = [];
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  async all(): Promise<readonly StoredVersion[]> {
    return [...this.#versions];
  }

  async put(value: string): Promise<number> {
    const version = this.#versions.length + 1;
    this.#versions.push({ version, value, at: new Date(this.#now()).toISOString(), storedBy: 'the-store' });
    return version;
  }
}
