import { describe, expect, test } from 'vitest';
import { keepSnapshot, loadOrder, SLACK } from '../../functions/orders/application/load-order.ts';
import type { OrderSnapshots } from '../../functions/orders/application/ports.ts';
import { fold } from '../../functions/orders/domain/evolve.ts';
import type { ExistingOrder } from '../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../functions/published/order-events.ts';
import type { OrderLog } from '../../functions/published/order-log.ts';
import { InMemoryOrderLog } from '../support/fakes/in-memory-order-log.ts';
import { InMemorySnapshots } from '../support/fakes/in-memory-snapshots.ts';
import { ANYTIME, created, EVENTS, newEvent, ORDER_ID, streamOf } from '../support/orders/streams.ts';
import fc from '../support/run/properties.ts';

const anyStream = fc
  .array(fc.constantFrom<OrderEvent>(...ANYTIME), { maxLength: 60 })
  .map((events): OrderEvent[] => [created(), ...events]);
const every = fc.integer({ min: 1, max: 12 });
const orderAt = (events: readonly OrderEvent[], version: number) =>
  fold(streamOf(events).slice(0, version)) as ExistingOrder;

async function logOf(events: readonly OrderEvent[]) {
  const log = new InMemoryOrderLog();
  await log.append(
    ORDER_ID,
    0,
    events.map((event, index) => newEvent(event, index)),
  );
  return log;
}

/** The reads so far, by name, in order. */
function watched(log: OrderLog, snapshots: OrderSnapshots) {
  const reads: string[] = [];
  const noting =
    <Args extends unknown[], Answer>(name: string, read: (...args: Args) => Answer) =>
    (...args: Args) => {
      reads.push(name);
      return read(...args);
    };
  const watchedLog: OrderLog = {
    read: noting('read', log.read.bind(log)),
    readLast: noting('readLast', log.readLast.bind(log)),
    findEvent: noting('findEvent', log.findEvent.bind(log)),
    append: noting('append', log.append.bind(log)),
    findCommand: noting('findCommand', log.findCommand.bind(log)),
  };
  return {
    reads,
    log: watchedLog,
    snapshots: {
      every: snapshots.every,
      find: noting('find', snapshots.find.bind(snapshots)),
      save: noting('save', snapshots.save.bind(snapshots)),
    },
  };
}

describe('Loading an order', () => {
  test('gives the fold of the whole stream, for any snapshot and any version that the caller knows', async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, every, fc.nat(), fc.nat(80), async (events, n, at, known) => {
        const snapshots = new InMemorySnapshots(n);
        await snapshots.save(ORDER_ID, orderAt(events, 1 + (at % events.length)));
        const loaded = await loadOrder({ log: await logOf(events), snapshots }, ORDER_ID, { knownVersion: known });
        expect(loaded).toMatchObject({ order: fold(streamOf(events)), version: events.length });
      }),
      { numRuns: 300 },
    );
  });

  test('gives the fold of the whole stream when the snapshot is newer than the log', async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, every, fc.nat(), async (events, n, at) => {
        const kept = 1 + (at % events.length);
        const snapshots = new InMemorySnapshots(n);
        await snapshots.save(ORDER_ID, orderAt([...events, EVENTS.cancelled], events.length + 1));
        const { order, version } = await loadOrder({ log: await logOf(events.slice(0, kept)), snapshots }, ORDER_ID);
        expect({ order, version }).toEqual({ order: orderAt(events, kept), version: kept });
      }),
    );
  });

  test('gives the fold of the whole stream without a snapshot', async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, every, async (events, n) => {
        const { order, version, snapshotVersion } = await loadOrder(
          { log: await logOf(events), snapshots: new InMemorySnapshots(n) },
          ORDER_ID,
        );
        expect({ order, version, snapshotVersion }).toEqual({
          order: fold(streamOf(events)),
          version: events.length,
          snapshotVersion: 0,
        });
      }),
    );
  });

  test('costs one query for a usual order, and one more read, of the snapshot, for a long one that is projected as it grows', async () => {
    await fc.assert(
      fc.asyncProperty(anyStream, every, fc.integer({ min: 1, max: 6 }), async (events, n, atOnce) => {
        const log = new InMemoryOrderLog();
        const snapshots = new InMemorySnapshots(n);
        for (let version = 0; version < events.length; version += atOnce) {
          await log.append(
            ORDER_ID,
            version,
            events.slice(version, version + atOnce).map((event, index) => newEvent(event, version + index)),
          );
          const deps = watched(log, snapshots);
          await keepSnapshot(deps, await loadOrder(deps, ORDER_ID));
          const now = Math.min(version + atOnce, events.length);
          expect(deps.reads.filter((read) => read !== 'save')).toEqual(
            now <= n + 5 ? ['readLast'] : ['readLast', 'find'],
          );
          if (now < n) expect(deps.reads).not.toContain('save');
        }
      }),
    );
  });

  test('asks for the snapshot at once when the caller knows that the order is long, and never for a usual one', async () => {
    const events = [created(), ...Array.from({ length: 29 }, () => EVENTS.released)];
    const snapshots = new InMemorySnapshots(20);
    await snapshots.save(ORDER_ID, orderAt(events, 20));
    const log = await logOf(events);
    let answer = () => {};
    const slow: OrderLog = Object.assign(Object.create(log) as OrderLog, {
      readLast: async (...[id, limit]: Parameters<OrderLog['readLast']>) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return log.readLast(id, limit);
      },
    });
    for (const [known, asked] of [
      [25, ['readLast']],
      [26, ['readLast', 'find']],
    ] as const) {
      const deps = watched(slow, snapshots);
      const loading = loadOrder(deps, ORDER_ID, { knownVersion: known });
      expect(deps.reads).toEqual(asked);
      answer();
      expect(await loading).toMatchObject({ version: 30, snapshotVersion: 20 });
      expect(deps.reads).toEqual(['readLast', 'find']);
    }
  });

  test('finds nothing where there is nothing', async () => {
    const deps = watched(new InMemoryOrderLog(), new InMemorySnapshots());
    expect(await loadOrder(deps, ORDER_ID)).toEqual({
      order: { status: 'none' },
      version: 0,
      snapshotVersion: 0,
      tail: [],
    });
    expect(deps.reads).toEqual(['readLast']);
  });

  test('reads the events between an old snapshot and the latest ones', async () => {
    const events = [created(), ...Array.from({ length: 40 }, () => EVENTS.released)];
    const snapshots = new InMemorySnapshots(4);
    await snapshots.save(ORDER_ID, orderAt(events, 10));
    const deps = watched(await logOf(events), snapshots);
    expect(await loadOrder(deps, ORDER_ID)).toEqual({
      order: fold(streamOf(events)),
      version: 41,
      snapshotVersion: 10,
      tail: streamOf(events).slice(-(4 + SLACK)),
    });
    expect(deps.reads).toEqual(['readLast', 'find', 'read']);
  });
});
