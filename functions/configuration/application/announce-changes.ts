import { v5 } from 'uuid';
import type { SettingFault } from '../../shared/configuration/document.ts';
import type { Json } from '../../shared/configuration/merged.ts';
import type { PublishedEvent } from '../../shared/event-log/port.ts';
import { DependencyUnavailable } from '../../shared/kernel/errors.ts';
import type { ConfigurationChanged } from '../domain/events.ts';
import { type Change, historyOf } from './history.ts';
import type { ConfigurationEvents, ConfigurationVersions } from './ports.ts';

export interface AnnounceDeps {
  readonly versions: ConfigurationVersions;
  readonly overrides: Json;
  readonly events: ConfigurationEvents;
  /** Told of a version that is wrong. */
  readonly onRefused: (version: number, author: string, faults: readonly SettingFault[]) => void;
}

/** The store's notice of a change does not name the version: those that were stored so near to it are announced, some of them twice. */
const NEAR_MS = 120_000;
const NAMESPACE = 'b3f1a4a2-5d0c-4f5b-9d3e-0a6c1f7e2d48';

/**
 * Publishes what was changed about the time of a notice.
 * @param noticedAt ISO 8601
 * @throws DependencyUnavailable when the bus did not take all of it
 */
export async function announceChanges(deps: AnnounceDeps, noticedAt: string): Promise<void> {
  const { versions, overrides, events, onRefused } = deps;
  const about = Date.parse(noticedAt);
  const near = historyOf(await versions.all(), overrides).changes.filter(
    ({ changedAt }) => Math.abs(Date.parse(changedAt) - about) <= NEAR_MS,
  );
  for (const { version, author, faults } of near) if (faults) onRefused(version, author, faults);
  const untaken = await events.publish(
    near.filter(({ faults, differences }) => !faults && differences.length > 0).map(eventOf),
  );
  if (untaken.length > 0) throw new DependencyUnavailable('The bus did not take every change of the configuration.');
}

function eventOf({ version, author, reason, changedAt, differences }: Change): PublishedEvent & ConfigurationChanged {
  return {
    type: 'ConfigurationChanged',
    eventId: v5(`${version} ${changedAt}`, NAMESPACE),
    occurredAt: changedAt,
    data: { version, author, ...(reason === undefined ? {} : { reason }), differences },
  };
}
