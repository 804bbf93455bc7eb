import { type ChangeRecord, changeRecordIn } from '../../shared/configuration/change-record.ts';
import { type Difference, differencesBetween } from '../../shared/configuration/differences.ts';
import {
  type Configuration,
  configurationOf,
  DEFAULT_CONFIGURATION,
  type SettingFault,
} from '../../shared/configuration/document.ts';
import type { Json } from '../../shared/configuration/merged.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { StoredVersion } from './ports.ts';

/** What one version changed. */
export interface Change {
  readonly version: number;
  /** An operator's id; who stored the version, when it was written past the API. */
  readonly author: string;
  readonly reason?: string;
  /** ISO 8601. */
  readonly changedAt: string;
  /** What was set; absent when the version is no document. */
  readonly settings?: Json;
  /** From what was in force before it. */
  readonly differences: readonly Difference[];
  /** Why it never came into force; absent when it did. */
  readonly faults?: readonly SettingFault[];
}

/** The document with all that is known of how it came to be so. */
export interface History {
  /** Oldest first. */
  readonly changes: readonly Change[];
  /** What functions use: of the newest good version, the defaults when there is none. */
  readonly configuration: Configuration;
  /** What operators have set of it: the settings of that version. */
  readonly settings: Json;
}

/** The changes that versions made, one after the other. @param overrides of the environment, which win over each of them */
export function historyOf(versions: readonly StoredVersion[], overrides: Json): History {
  const initial = configurationOf(overrides);
  let settings: Json = {};
  let configuration = initial.ok ? initial.value : DEFAULT_CONFIGURATION;
  const changes = versions.map((stored): Change => {
    const record = changeRecordIn(stored.value);
    const read = record.ok ? configurationWith(record.value.settings, overrides) : record;
    const change = {
      ...madeBy(stored, record.ok ? record.value : undefined),
      differences: read.ok ? differencesBetween(configuration, read.value) : [],
      ...(read.ok ? {} : { faults: read.refusal }),
    };
    if (record.ok && read.ok) {
      configuration = read.value;
      settings = record.value.settings;
    }
    return change;
  });
  return { changes, configuration, settings };
}

/** Refused for settings that are wrong in themselves, also where the environment overrides them. */
export function configurationWith(settings: Json, overrides: Json): Result<Configuration, readonly SettingFault[]> {
  const alone = configurationOf(settings);
  return alone.ok ? configurationOf(settings, overrides) : alone;
}

/** A record with the number of its own version was written through the API: otherwise somebody has copied it. */
function madeBy({ version, at, storedBy }: StoredVersion, record: ChangeRecord | undefined) {
  const isOurs = record?.version === version;
  return {
    version,
    author: (isOurs ? record.author : undefined) ?? storedBy,
    ...(isOurs && record.reason !== undefined ? { reason: record.reason } : {}),
    changedAt: at,
    ...(record === undefined ? {} : { settings: record.settings }),
  };
}
