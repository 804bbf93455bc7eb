import '../../../support/platform/function-environment.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { HttpHealthCheck } from '../../../../functions/partners/adapters/http-health-check.ts';
import { makeHandler } from '../../../../functions/partners/check-partners.ts';
import type { PublishedEvent } from '../../../../functions/shared/event-log/port.ts';
import { NEW_CIRCUIT } from '../../../../functions/shared/outbound/circuit/circuit.ts';
import { nodeExchange } from '../../../../functions/shared/outbound/http-exchange.ts';
import type { Instance } from '../../../../functions/shared/outbound/instance.ts';
import { InMemoryInstanceRegistry } from '../../../support/fakes/in-memory-instance-registry.ts';
import { InMemoryPartnerStore } from '../../../support/fakes/in-memory-partner-store.ts';
import { instance, NOW } from '../../../support/outbound/instances.ts';

const MINUTE = 60_000;

/** The checks of one partner; `latencies` says how its instances answer from now on. */
function checks(latencies: Record<string, number | undefined>) {
  const time = { now: NOW };
  const registry = new InMemoryInstanceRegistry();
  const store = new InMemoryPartnerStore();
  const published: PublishedEvent[] = [];
  const seen: [partner: string, statuses: string[]][] = [];
  const check = makeHandler({
    partners: ['carrier', 'payment-gateway'].map((name) => ({ name, fallbackUrl: 'https://example.com' })),
    registry,
    store,
    publisher: {
      publish: async (events) => {
        published.push(...events);
        return [];
      },
    },
    health: { latencyOf: async (_, { id }: Instance) => latencies[id] },
    certificates: { endOf: async () => undefined },
    monitor: {
      instancesChecked: (partner, instances) => seen.push([partner, instances.map(({ status }) => status)]),
      certificateChecked: () => {},
    },
    limits: async () => ({ unknownAfterSeconds: 50, downAfterSeconds: 170 }),
    now: () => time.now,
  });
  const run = () => check({ time: new Date(time.now).toISOString() });
  return {
    registry,
    store,
    published,
    seen,
    latencies,
    run,
    afterAMinute: async () => {
      time.now += MINUTE;
      await run();
      return (await registry.instancesOf('carrier')).map(({ id, status }) => `${id} ${status}`);
    },
  };
}

describe('The check of partners', () => {
  test('brings up what answers, and takes down what has been silent too long', async () => {
    const { registry, afterAMinute, latencies } = checks({ a: 12 });
    await registry.register('carrier', instance('a', { status: 'unknown' }));
    await registry.register('carrier', instance('b'));
    expect(await afterAMinute()).toEqual(['a up', 'b unknown']);
    expect(await afterAMinute()).toEqual(['a up', 'b unknown']);
    expect(await afterAMinute()).toEqual(['a up', 'b down']);
    latencies['b'] = 3;
    expect(await afterAMinute()).toEqual(['a up', 'b up']);
    expect(await registry.instancesOf('carrier')).toMatchObject([{ latencyMs: 12 }, { latencyMs: 3 }]);
  });

  test('leaves up what sends heartbeats, even when it cannot be asked', async () => {
    const { registry, afterAMinute } = checks({});
    await registry.register('carrier', instance('a'));
    await registry.heartbeat('carrier', 'a', { at: NOW + 30_000 });
    expect(await afterAMinute()).toEqual(['a up']);
  });

  test('says of each partner how its instances are', async () => {
    const { registry, run, seen } = checks({ a: 1 });
    await registry.register('payment-gateway', instance('a'));
    await run();
    expect(seen.toSorted()).toEqual([
      ['carrier', []],
      ['payment-gateway', ['up']],
    ]);
  });

  test('publishes the changes of circuits that are not published yet, once', async () => {
    const { store, published, run } = checks({});
    const since = { epoch: 1, since: NOW, unannounced: [{ epoch: 1, state: 'open' as const, at: NOW }] };
    await store.replaceCircuit('carrier', { ...NEW_CIRCUIT, ...since, state: 'open', until: NOW + 30_000 }, 0);
    await run();
    await run();
    expect(published).toMatchObject([{ type: 'CircuitOpened', data: { partner: 'carrier' } }]);
  });

  test('goes on to the other partners when one cannot be looked up, and fails then', async () => {
    const { registry, run, seen } = checks({});
    const instancesOf = registry.instancesOf.bind(registry);
    registry.instancesOf = async (partner) => {
      if (partner === 'carrier') throw new Error('The table is away.');
      return instancesOf(partner);
    };
    await expect(run()).rejects.toThrow('The table is away.');
    expect(seen).toEqual([['payment-gateway', []]]);
  });
});

describe('The health check over HTTP', () => {
  const check = new HttpHealthCheck({
    exchangeWith: (partner) => (request) =>
      nodeExchange({ ...request, headers: { ...request.headers, authorization: `Bearer ours-at-${partner}` } }),
    timeoutMs: 1_000,
    clock: () => performance.now(),
  });

  test.each([
    ['is measured when it is 2xx', 204, expect.any(Number)],
    ['counts as none when it is something else', 503, undefined],
    ['counts as none when it is too late', 0, undefined],
  ])('an answer %s', async (_, status, latency) => {
    const asked: (string | undefined)[][] = [];
    const server = createServer(({ url, headers }, response) => {
      asked.push([url, headers.authorization]);
      if (status > 0) response.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const at = instance('a', { host: '127.0.0.1', port, secure: false });
    expect(await check.latencyOf('carrier', at)).toEqual(latency);
    expect(asked).toEqual([['/health', 'Bearer ours-at-carrier']]);
    server.closeAllConnections();
    server.close();
    expect(await check.latencyOf('carrier', at)).toBeUndefined();
  });
});
