import type { ChangeRecord } from '../../shared/configuration/change-record.ts';
import { type Difference, differencesBetween, overriddenIn } from '../../shared/configuration/differences.ts';
import type { SettingFault } from '../../shared/configuration/document.ts';
import type { Json } from '../../shared/configuration/merged.ts';
import { accept, type Result, refuse } from '../../shared/kernel/result.ts';
import { configurationWith, historyOf } from './history.ts';
import type { ConfigurationVersions } from './ports.ts';

export interface ChangeDeps {
  readonly versions: ConfigurationVersions;
  /** Settings of the environment, which win over those that are set. */
  readonly overrides: Json;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface WantedChange {
  /** What differs from the defaults: all of it, not what is to be changed. */
  readonly settings: Json;
  /** The operator's id. */
  readonly author: string;
  readonly reason: string;
  /** The version that the author has seen; 0 for none. @default any */
  readonly basedOn?: number | undefined;
  /** Only says what would change. */
  readonly dryRun: boolean;
}

export interface MadeChange {
  /** The version that has the settings: the new one, or the present one when nothing was written. */
  readonly version: number;
  readonly differences: readonly Difference[];
  /** The paths of settings that take no effect, because the deployment overrides them; absent when there are none. */
  readonly overridden?: readonly string[];
}

export type ChangeRefusal =
  | { readonly kind: 'changed-meanwhile'; readonly version: number }
  | { readonly kind: 'wrong'; readonly faults: readonly SettingFault[] };

/** Systems Manager takes no longer values. */
const LONGEST_VALUE = 8_192;

/** Sets the settings as a whole, or refuses them with every fault. */
export async function changeConfiguration(
  { versions, overrides, now }: ChangeDeps,
  { settings, author, reason, basedOn, dryRun }: WantedChange,
): Promise<Result<MadeChange, ChangeRefusal>> {
  const { changes, configuration } = historyOf(await versions.all(), overrides);
  const newest = changes.at(-1);
  const version = newest?.version ?? 0;
  if (basedOn !== undefined && basedOn !== version) return refuse({ kind: 'changed-meanwhile', version });

  const wanted = configurationWith(settings, overrides);
  if (!wanted.ok) return refuse({ kind: 'wrong', faults: wanted.refusal });
  const overridden = overriddenIn(settings, overrides);
  const made = {
    differences: differencesBetween(configuration, wanted.value),
    ...(overridden.length > 0 ? { overridden } : {}),
  };
  if (JSON.stringify(newest?.settings ?? {}) === JSON.stringify(settings)) return accept({ version, ...made });

  const at = new Date(now()).toISOString();
  const value = valueOf({ version: version + 1, author, reason, at, settings });
  if (value.length > LONGEST_VALUE) {
    const detail = `The document has ${value.length} characters; at most ${LONGEST_VALUE} can be stored.`;
    return refuse({ kind: 'wrong', faults: [{ path: '', detail }] });
  }
  return accept({ version: dryRun ? version : await versions.put(value), ...made });
}

/** With line breaks: on one machine it is a file that people edit. */
const valueOf = (record: ChangeRecord): string => `${JSON.stringify(record, null, 2)}\n`;
