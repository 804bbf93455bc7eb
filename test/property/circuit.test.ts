import { describe, expect, test } from 'vitest';
import type { Circuit } from '../../functions/shared/outbound/circuit/circuit.ts';
import { type Act, CircuitWorld, INSTANCES, policy } from '../support/partners/circuit-world.ts';
import fc from '../support/run/properties.ts';

const acts = fc.array(
  fc.oneof(
    { arbitrary: fc.record({ kind: fc.constant('begin' as const), instance: fc.nat(INSTANCES - 1) }), weight: 5 },
    { arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(50), ok: fc.boolean() }), weight: 5 },
    {
      arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 900, 5_000, 10_000) }),
      weight: 2,
    },
  ),
  { minLength: 1, maxLength: 80 },
);

type Check = (world: CircuitWorld, before: Circuit, act: Act) => Promise<void> | void;

/** Checks after each act; what instances know is at most so old. */
const afterEach = (maxAgeMs: number, check: Check) =>
  fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const world = new CircuitWorld(maxAgeMs);
      for (const act of all) {
        const before = await world.circuit();
        await world.carryOut(act);
        await check(world, before, act);
      }
      await world.end();
    }),
    { numRuns: 300 },
  );

describe('A circuit of several function instances, whatever becomes of the calls,', () => {
  test('lets no call through while it is open', () =>
    afterEach(0, ({ wasAdmitted, now }, before, { kind }) => {
      const isOpen = before.state === 'open' && before.until > now;
      if (kind === 'begin' && isOpen) expect(wasAdmitted).toBe(false);
    }));

  test('lets no call through a second after it opened, when instances look once a second', () =>
    afterEach(1_000, ({ wasAdmitted, now }, before, { kind }) => {
      const hasLongBeenOpen = before.state === 'open' && before.until > now && now - before.since >= 1_000;
      if (kind === 'begin' && hasLongBeenOpen) expect(wasAdmitted).toBe(false);
    }));

  test.each([0, 1_000])(
    'never has more probes under way than it may, with instances that look every %d ms',
    (maxAgeMs) =>
      afterEach(maxAgeMs, ({ admitted, now }) => {
        const epochs = Map.groupBy(
          admitted.filter(({ isProbe, hasEnded, at }) => isProbe && !hasEnded && now - at < 15_000),
          ({ epoch }) => epoch,
        );
        for (const probes of epochs.values()) expect(probes.length).toBeLessThanOrEqual(policy.probes);
      }),
  );

  test('opens at the last of so many failures in a row, and by nothing else while it is closed', () =>
    afterEach(0, async (world, before, act) => {
      const after = await world.circuit();
      if (before.state !== 'closed') return;
      const last = world.lastEnded;
      const counts = act.kind === 'end' && last !== undefined && last.epoch === before.epoch;
      const isLastStraw = counts && !last.ok && before.failuresInARow === policy.consecutiveFailures - 1;
      expect(after.state).toBe(isLastStraw ? 'open' : 'closed');
      if (counts && after.state === 'closed') {
        expect(after.failuresInARow).toBe(last.ok ? 0 : before.failuresInARow + 1);
      }
    }));

  test('closes only by the successes of so many probes', () =>
    afterEach(1_000, async (world, before) => {
      const after = await world.circuit();
      if (before.state === 'closed' || after.state !== 'closed') return;
      expect(before.state).toBe('half-open');
      const probes = world.admitted.filter(
        ({ isProbe, epoch, ok }) => isProbe && epoch === before.epoch && ok === true,
      );
      expect(probes.length).toBeGreaterThanOrEqual(policy.successesToClose);
    }));

  test('is changed by one state at a time, and announces each change', () =>
    afterEach(1_000, async (world, before) => {
      const after = await world.circuit();
      expect(after.epoch - before.epoch).toBe(after.state === before.state ? 0 : 1);
      expect(after.epoch).toBe(world.changes.length);
      expect(after.unannounced.map(({ state }) => state)).toEqual(world.changes.slice(-20));
    }));

  test('counts every call once, as soon as every instance has reported', () =>
    fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const world = new CircuitWorld(1_000);
        for (const act of all) await world.carryOut(act);
        await world.end();
        await world.reportAll();
        expect((await world.circuit()).counters).toEqual(world.counts());
      }),
      { numRuns: 300 },
    ));
});
