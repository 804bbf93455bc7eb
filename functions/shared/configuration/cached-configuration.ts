import type { Result } from '../kernel/result.ts';
import { changeRecordIn } from './change-record.ts';
import { type Difference, differencesBetween } from './differences.ts';
import { type Configuration, configurationOf, DEFAULT_CONFIGURATION, type SettingFault } from './document.ts';
import type { Json } from './merged.ts';
import type { ParameterVersion, ParameterVersions } from './parameter-versions.ts';
import type { ConfigurationSource } from './port.ts';

/** Those who are told what happens to the configuration. */
export interface ConfigurationObservers {
  /** Something differs from what was in force. Before the first reading, the defaults are. */
  readonly changed: (configuration: Configuration, differences: readonly Difference[], version: number) => void;
  /** The newest version is wrong; told once for each version. */
  readonly refused: (version: number, faults: readonly SettingFault[]) => void;
  /** The newest version could not be read. */
  readonly unavailable: (error: unknown) => void;
}

export interface CachedConfigurationOptions {
  readonly versions: ParameterVersions;
  readonly observers: ConfigurationObservers;
  /** Settings of the environment, which win over those of the document; right ones. */
  readonly overrides?: Json;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How long a version that could not be read is not asked for again. */
const RETRY_MS = 5_000;
/** How far a new function instance looks back for a good version when the newest ones are wrong. */
const LOOK_BACK = 10;

/**
 * The configuration as one function instance knows it: read again when it is older than its own `cache.configurationSeconds`, by
 * one call however many operations ask for it.
 */
export class CachedConfiguration implements ConfigurationSource {
  readonly #options: CachedConfigurationOptions;
  #configuration: Configuration;
  #good = 0;
  #refused = 0;
  #freshUntil = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(options: CachedConfigurationOptions) {
    this.#options = options;
    const initial = this.#configurationOf({});
    this.#configuration = initial.ok ? initial.value : DEFAULT_CONFIGURATION;
  }

  async current(): Promise<Configuration> {
    if (this.#options.now() >= this.#freshUntil) {
      this.#reading ??= this.#read().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
    return this.#configuration;
  }

  async #read(): Promise<void> {
    const { versions, observers, now } = this.#options;
    try {
      const newest = await versions.newest();
      if (newest === undefined) this.#adopt(0, this.#configurationOf({}));
      else if (newest.version !== this.#good) await this.#take(newest);
      this.#freshUntil = now() + this.#configuration.cache.configurationSeconds * 1_000;
    } catch (error) {
      this.#freshUntil = now() + RETRY_MS;
      observers.unavailable(error);
    }
  }

  async #take(newest: ParameterVersion): Promise<void> {
    const taken = this.#configurationIn(newest);
    if (this.#adopt(newest.version, taken) || taken.ok || newest.version === this.#refused) return;
    this.#refused = newest.version;
    this.#options.observers.refused(newest.version, taken.refusal);
    if (this.#good === 0) await this.#lookBack(newest.version);
  }

  /** For an instance that has started after the newest version went wrong. */
  async #lookBack(wrong: number): Promise<void> {
    for (let version = wrong - 1; version > Math.max(0, wrong - LOOK_BACK); version -= 1) {
      const older = await this.#options.versions.at(version);
      if (older !== undefined && this.#adopt(version, this.#configurationIn(older))) return;
    }
  }

  #adopt(version: number, read: Result<Configuration, unknown>): boolean {
    if (!read.ok) return false;
    const differences = differencesBetween(this.#configuration, read.value);
    this.#good = version;
    this.#configuration = read.value;
    if (differences.length > 0) this.#options.observers.changed(read.value, differences, version);
    return true;
  }

  #configurationIn({ value }: ParameterVersion): Result<Configuration, readonly SettingFault[]> {
    const record = changeRecordIn(value);
    return record.ok ? this.#configurationOf(record.value.settings) : record;
  }

  #configurationOf(settings: Json): Result<Configuration, readonly SettingFault[]> {
    return configurationOf(settings, this.#options.overrides ?? {});
  }
}
