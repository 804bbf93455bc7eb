import { describe, expect, test } from 'vitest';
import { announceChanges } from '../../../../functions/configuration/application/announce-changes.ts';
import type { PublishedEvent } from '../../../../functions/shared/event-log/port.ts';
import { configurationWorld } from './configuration-world.ts';

/** Announces what a store has, and keeps what was published and what was found wrong. */
function announcing() {
  const world = configurationWorld();
  const published: PublishedEvent[] = [];
  const refused: unknown[] = [];
  let untaken: PublishedEvent[] = [];
  const announce = (at = new Date(world.clock.now()).toISOString()) =>
    announceChanges(
      {
        ...world.deps,
        events: { publish: async (events) => (published.push(...events), untaken) },
        onRefused: (version, author, faults) => refused.push({ version, author, faults }),
      },
      at,
    );
  return { ...world, published, refused, announce, takeNothing: () => (untaken = published) };
}

describe('A change of the configuration', () => {
  test('is published with its author and its differences', async () => {
    const { change, announce, published, clock } = announcing();
    await change({ breaker: { probes: 3 } });
    await announce();
    expect(published).toEqual([
      {
        type: 'ConfigurationChanged',
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        occurredAt: new Date(clock.now()).toISOString(),
        data: {
          version: 1,
          author: 'O1',
          reason: 'A test.',
          differences: [{ path: 'breaker.probes', from: 2, to: 3 }],
        },
      },
    ]);
  });

  test('has the same event id whenever it is published', async () => {
    const { change, announce, published } = announcing();
    await change({ breaker: { probes: 3 } });
    await announce();
    await announce();
    expect(published[0]!.eventId).toBe(published[1]!.eventId);
  });

  test('is published also when its notice comes after the next change, and not with the notices of much later ones', async () => {
    const { change, announce, published, clock } = announcing();
    await change({ breaker: { probes: 3 } });
    clock.advance(1_000);
    await change({ breaker: { probes: 4 } });
    await announce();
    expect(published.map(({ data }) => (data as { version: number }).version)).toEqual([1, 2]);
    clock.advance(3_600_000);
    await change({ breaker: { probes: 5 } });
    await announce();
    expect(published.slice(2).map(({ data }) => (data as { version: number }).version)).toEqual([3]);
  });

  test('that is wrong is reported and not published', async () => {
    const { versions, announce, published, refused } = announcing();
    await versions.put('{"settings": {"breaker": 1}}');
    await announce();
    expect(published).toEqual([]);
    expect(refused).toMatchObject([{ version: 1, author: 'the-store', faults: [{ path: 'breaker' }] }]);
  });

  test('is announced again when the bus does not take it', async () => {
    const { change, announce, takeNothing } = announcing();
    await change({ breaker: { probes: 3 } });
    takeNothing();
    await expect(announce()).rejects.toThrow('The bus did not take');
  });
});
