import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EventPublisher, PublishedEvent } from '../../../../../../functions/shared/event-log/port.ts';
import { announceChanges } from '../../../../../../functions/shared/outbound/circuit/announce-changes.ts';
import { InMemoryPartnerStore } from '../../../../../support/fakes/in-memory-partner-store.ts';
import { Breakers } from '../../../../../support/partners/breakers.ts';

const PARTNER = 'carrier';

/** A bus that takes so many events of each call, and then none. */
class Bus implements EventPublisher {
  readonly published: PublishedEvent[] = [];
  takes = Number.POSITIVE_INFINITY;
  /** Happens while the events are on their way. */
  meanwhile = async (): Promise<void> => {};

  async publish(events: readonly PublishedEvent[]): Promise<readonly PublishedEvent[]> {
    await this.meanwhile();
    this.published.push(...events.slice(0, this.takes));
    return events.slice(this.takes);
  }
}

let store: InMemoryPartnerStore;
let breakers: Breakers;
let bus: Bus;
beforeEach(() => {
  store = new InMemoryPartnerStore();
  breakers = new Breakers(store, PARTNER, { instances: 1 });
  bus = new Bus();
});

const announce = () => announceChanges(store, bus, PARTNER);
const types = () => bus.published.map(({ type }) => type);

async function openAndClose(): Promise<void> {
  for (let call = 0; call < 5; call += 1) await breakers.fail(0);
  breakers.pass(30_000);
  for (let call = 0; call < 2; call += 1) await breakers.succeed(0);
}

describe('The changes of a circuit', () => {
  test('are published once, in order, each with the time at which it was', async () => {
    const opened = new Date(breakers.now).toISOString();
    await openAndClose();
    await announce();
    await announce();
    expect(types()).toEqual(['CircuitOpened', 'CircuitHalfOpened', 'CircuitClosed']);
    expect(bus.published[0]).toMatchObject({ occurredAt: opened, data: { partner: PARTNER } });
    expect(new Set(bus.published.map(({ eventId }) => eventId)).size).toBe(3);
  });

  test('that the bus did not take are published with the next ones', async () => {
    await openAndClose();
    bus.takes = 1;
    await announce();
    bus.takes = Number.POSITIVE_INFINITY;
    await announce();
    expect(types()).toEqual(['CircuitOpened', 'CircuitHalfOpened', 'CircuitClosed']);
  });

  test('are published again with the same ids when it was not recorded that they were', async () => {
    await openAndClose();
    vi.spyOn(store, 'replaceCircuit').mockRejectedValueOnce(new Error('The store is away.'));
    await expect(announce()).rejects.toThrow('away');
    await announce();
    const ids = bus.published.map(({ eventId }) => eventId);
    expect(ids.slice(3)).toEqual(ids.slice(0, 3));
  });

  test('that come while others are published keep their place', async () => {
    for (let call = 0; call < 5; call += 1) await breakers.fail(0);
    bus.meanwhile = async () => {
      breakers.pass(30_000);
      await breakers.succeed(0);
    };
    await announce();
    expect((await breakers.stored()).circuit.unannounced.map(({ state }) => state)).toEqual(['half-open']);
    expect((await breakers.stored()).circuit.state).toBe('half-open');
  });

  test('cost one read while there are none', async () => {
    await announce();
    expect([store.reads, store.writes, bus.published.length]).toEqual([1, 0, 0]);
  });
});
