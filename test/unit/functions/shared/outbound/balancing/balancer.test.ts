import { describe, expect, test } from 'vitest';
import { Balancer } from '../../../../../../functions/shared/outbound/balancing/balancer.ts';
import type { Instance } from '../../../../../../functions/shared/outbound/instance.ts';
import type { StrategyName } from '../../../../../../functions/shared/outbound/ports.ts';
import { instance, NOW, seeded } from '../../../../../support/outbound/instances.ts';

/** A balancer over these instances; `set` changes the strategy and the time. */
function balancing(instances: readonly Instance[], strategy: StrategyName = 'round-robin') {
  const set = { now: NOW };
  const balancer = new Balancer({ now: () => set.now, random: seeded(1) });
  const choose = (tried: string[] = [], affinity = 'order-1') =>
    balancer.choose(instances, { strategy, affinity, tried: new Set(tried) });
  return {
    set,
    choose,
    /** The ids that were chosen for so many calls, which end as `ok` says. */
    calls: (times: number, ok: (id: string) => boolean = () => true, durationMs = (_: string) => 5) =>
      Array.from({ length: times }, () => {
        const chosen = choose()!;
        balancer.note(chosen, { ok: ok(chosen.id), durationMs: durationMs(chosen.id) });
        return chosen.id;
      }),
  };
}

const two = [instance('b'), instance('a')];

describe('A call of a partner', () => {
  test('goes to its instances by the strategy', () => {
    const ids = balancing(two).calls(4);
    expect(ids[0]).not.toBe(ids[1]);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    expect(new Set(balancing(two, 'consistent-hash').calls(6)).size).toBe(1);
  });

  test('goes to another instance when it is repeated, and to the same one when there is no other', () => {
    const { choose } = balancing(two);
    const first = choose()!.id;
    expect(choose([first])!.id).not.toBe(first);
    expect(balancing([instance('a'), instance('b', { status: 'down' })]).choose(['a'])!.id).toBe('a');
  });

  test('goes to no instance that is not up', () => {
    const silent = [instance('a', { status: 'down' }), instance('b', { status: 'unknown' })];
    expect(balancing(silent).choose()).toBeUndefined();
    expect(balancing([]).choose()).toBeUndefined();
    expect(new Set(balancing([...silent, instance('c')], 'random').calls(50))).toEqual(new Set(['c']));
  });

  test('leaves out an instance whose last two calls failed, for ten seconds', () => {
    const { set, calls } = balancing(two);
    calls(4, (id) => id !== 'a');
    expect(calls(4)).toEqual(['b', 'b', 'b', 'b']);
    set.now += 10_000;
    expect(calls(2)).toContain('a');
  });

  test('goes to an instance that fails when all do', () => {
    const { calls } = balancing(two);
    calls(6, () => false);
    expect(new Set(calls(2, () => false))).toEqual(new Set(['a', 'b']));
  });

  test('follows what this function instance sees: an instance that gets slow gets fewer calls', () => {
    const { calls } = balancing(two, 'health-adaptive');
    const slow = (id: string) => (id === 'a' ? 2_000 : 40);
    const shareOfA = (ids: readonly string[]) => ids.filter((id) => id === 'a').length / ids.length;
    const before = shareOfA(calls(200));
    calls(100, () => true, slow);
    expect(before).toBeCloseTo(0.5, 1);
    // 30 points against 100.
    expect(shareOfA(calls(400, () => true, slow))).toBeCloseTo(30 / 130, 1);
  });

  test('begins with the latency of the health check', () => {
    const measured = [instance('a', { latencyMs: 1_000 }), instance('b', { latencyMs: 40 })];
    const { choose } = balancing(measured, 'health-adaptive');
    const ids = Array.from({ length: 400 }, () => choose()!.id);
    expect(ids.filter((id) => id === 'a').length / ids.length).toBeCloseTo(30 / 130, 1);
  });
});
