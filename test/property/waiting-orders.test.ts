import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../../functions/shared/configuration/document.ts';
import { WaitingWorld, type WorldOptions } from '../support/recovery/waiting-world.ts';
import fc from '../support/run/properties.ts';

const { breaker, recovery } = DEFAULT_CONFIGURATION;

/** Orders that come one after the other, while the partner is away for a while. */
const situations = fc.record({
  orders: fc.integer({ min: 1, max: 40 }),
  everySeconds: fc.double({ min: 0, max: 20, noNaN: true }),
  from: fc.integer({ min: 0, max: 30 }),
  length: fc.integer({ min: 1, max: 1_200 }),
});
type Situation = typeof situations extends fc.Arbitrary<infer Value> ? Value : never;

async function played({ orders, everySeconds, from, length }: Situation, options: Partial<WorldOptions> = {}) {
  const world = new WaitingWorld({ outages: [[from, from + length]], ...options });
  const ids = Array.from({ length: orders }, (_, number) => world.order(number, number * everySeconds));
  await world.run(from + length + orders * everySeconds + 4_000);
  return { world, ids, end: from + length };
}

describe('Orders whose partner is away for less than the payment window', () => {
  test('all go on, soon after it is back or after they came', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async (situation) => {
        const { world, ids, end } = await played(situation);
        for (const [number, orderId] of ids.entries()) {
          const came = number * situation.everySeconds;
          expect(world.ends.get(orderId)).toMatchObject({ kind: 'done' });
          // A forward step pauses for five minutes at most; the rest is for the circuit and the ramp.
          expect(world.ends.get(orderId)!.at).toBeLessThan(Math.max(end, came) + 300 + 60);
        }
        expect(world.failures).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('cost it no more calls meanwhile than opened the circuit, and its probes', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async (situation) => {
        const { world } = await played(situation);
        const lost = world.calls.filter(({ answered }) => !answered).length;
        const periods = Math.ceil(situation.length / breaker.openSeconds) + 1;
        expect(lost).toBeLessThanOrEqual(situation.orders + breaker.consecutiveFailures + periods * breaker.probes);
      }),
      { numRuns: 60 },
    );
  });

  test('go round a bounded number of times, and their keeper rests in the end', async () => {
    await fc.assert(
      fc.asyncProperty(situations, async (situation) => {
        const { world } = await played(situation);
        for (const releases of world.releases.values()) expect(releases).toBeLessThanOrEqual(16);
        expect(await world.deps.timers.find('payment-gateway')).toBeUndefined();
        const rounds = world.rounds;
        await world.run();
        expect(world.rounds).toBe(rounds);
      }),
      { numRuns: 60 },
    );
  });

  test('all go on, whichever call of a store, a queue or an execution fails, before or after it had its effect', async () => {
    const situation = { orders: 7, everySeconds: 1, from: 0, length: 100 };
    let calls = 0;
    await played(situation, { onCall: () => void (calls += 1) });
    expect(calls).toBeGreaterThan(200);
    for (let failing = 1; failing <= calls; failing += 1) {
      let call = 0;
      const { world, ids } = await played(situation, {
        onCall() {
          call += 1;
          if (call === failing) throw new Error('The call failed.');
        },
      });
      const ends = ids.map((orderId) => world.ends.get(orderId)?.kind);
      expect({ failing, ends }).toEqual({ failing, ends: ids.map(() => 'done') });
    }
  });

  test('all go on beside orders whose own requests always fail', async () => {
    await fc.assert(
      fc.asyncProperty(situations, fc.integer({ min: 1, max: 6 }), async (situation, count) => {
        const poisoned = Array.from({ length: count }, (_, number) => number);
        const { world, ids, end } = await played({ ...situation, orders: situation.orders + count }, { poisoned });
        for (const [number, orderId] of ids.entries()) {
          if (poisoned.includes(number)) continue;
          expect(world.ends.get(orderId)).toMatchObject({ kind: 'done' });
          const came = Math.max(end, number * situation.everySeconds);
          // Each failing order can open the circuit again a few times before its pauses are longer than the others' wait.
          expect(world.ends.get(orderId)!.at).toBeLessThan(came + 360 + count * 180);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('all go on when a tenth of all calls fail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 9 })), async (luck) => {
        const { world, ids } = await played(
          { orders: 10, everySeconds: 2, from: 0, length: 120 },
          {
            onCall() {
              if (luck.next().value === 0) throw new Error('The call failed.');
            },
          },
        );
        expect(ids.map((orderId) => world.ends.get(orderId)?.kind)).toEqual(ids.map(() => 'done'));
      }),
      { numRuns: 20 },
    );
  });
});

describe('Orders whose partner is there, but gets a few calls at a time only', () => {
  test('all go on without a gap, and none is sent round and round', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 5 }),
        async (orders, maxConcurrent) => {
          const world = new WaitingWorld({ outages: [], maxConcurrent });
          const ids = Array.from({ length: orders }, (_, number) => world.order(number, 0));
          await world.run(4_000);
          const ends = ids.map((orderId) => world.ends.get(orderId)!.at).sort((one, other) => one - other);
          const gaps = ends.slice(1).map((at, index) => at - ends[index]!);
          expect(Math.max(0, ...gaps)).toBeLessThan(10);
          expect(ends.at(-1)).toBeLessThan(15 + (2.5 * orders) / maxConcurrent);
          for (const releases of world.releases.values()) expect(releases).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('Orders whose partner is away for longer than the payment window', () => {
  test('are given up at the end of their window, and none goes on after it', async () => {
    await fc.assert(
      fc.asyncProperty(situations, fc.integer({ min: 1_801, max: 5_000 }), async (situation, length) => {
        const { world, ids, end } = await played({ ...situation, length });
        for (const [number, orderId] of ids.entries()) {
          const over = number * situation.everySeconds + recovery.paymentWindowSeconds;
          const ended = world.ends.get(orderId)!;
          expect(ended.at).toBeLessThanOrEqual(Math.max(over, end) + 400);
          if (ended.kind === 'given-up') {
            expect(ended.error).toBe('PaymentWindowClosed');
            expect(ended.at).toBeGreaterThanOrEqual(over);
            expect(ended.at).toBeLessThanOrEqual(over + 30);
          } else expect(ended.at).toBeLessThanOrEqual(over + 1);
        }
      }),
      { numRuns: 60 },
    );
  });
});
