import '../platform/function-environment.ts';
import { makeHandler } from '../../../functions/configuration/announce-change.ts';
import { changeConfiguration } from '../../../functions/configuration/application/change-configuration.ts';
import type { PublishedEvent } from '../../../functions/shared/event-log/port.ts';
import { InMemoryConfigurationVersions } from '../fakes/in-memory-configuration-versions.ts';
import { START } from '../orders/streams.ts';
import type { TestedConsumer } from './consumers.ts';

const now = () => START;

/** Notices of Systems Manager: they say when something was changed, and what was changed is read from its store. */
export const configurationNotices: TestedConsumer = {
  make: async () => {
    const versions = new InMemoryConfigurationVersions(now);
    const change = { settings: { breaker: { probes: 3 } }, author: 'O1', reason: 'A test.', dryRun: false };
    await changeConfiguration({ versions, overrides: {}, now }, change);
    const published = new Map<string, PublishedEvent>();
    const publish = async (events: readonly PublishedEvent[]) => {
      for (const event of events) published.set(event.eventId, event);
      return [];
    };
    const handle = makeHandler({ versions, overrides: {}, events: { publish }, onRefused: () => {} });
    return { handle, done: async () => [...published.values()] };
  },
  messages: {
    truths: [{ time: new Date(START).toISOString() }],
    forgeries: [
      { time: '2999-01-01T00:00:00Z', detail: { settings: { breaker: { probes: 1_000 } } } },
      { time: new Date(START).toISOString(), detail: { author: 'somebody else' } },
      { time: 'yesterday' },
    ],
  },
};
