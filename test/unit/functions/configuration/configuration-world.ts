import {
  changeConfiguration,
  type WantedChange,
} from '../../../../functions/configuration/application/change-configuration.ts';
import type { Json } from '../../../../functions/shared/configuration/merged.ts';
import { InMemoryConfigurationVersions } from '../../../support/fakes/in-memory-configuration-versions.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

/** A store of versions, a clock, and operators who change the settings. */
export function configurationWorld(overrides: Json = {}) {
  const clock = new VirtualClock();
  const now = () => clock.now();
  const versions = new InMemoryConfigurationVersions(now);
  const deps = { versions, overrides, now };
  const change = (settings: Json, more: Partial<WantedChange> = {}) =>
    changeConfiguration(deps, { settings, author: 'O1', reason: 'A test.', dryRun: false, ...more });
  return { clock, versions, deps, change };
}
