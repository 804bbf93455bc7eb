import { describe, expect, test } from 'vitest';
import { healthScore } from '../../../../../../functions/shared/outbound/balancing/health-adaptive.ts';
import { STRATEGIES } from '../../../../../../functions/shared/outbound/balancing/strategies.ts';
import { candidate, draw, instance, seeded, tally } from '../../../../../support/outbound/instances.ts';

const TIMES = 20_000;

/** What share of the choices each candidate gets. */
function sharesOf(strategy: keyof typeof STRATEGIES, candidates: ReturnType<typeof candidate>[]) {
  const random = seeded(1);
  const counts = tally(
    TIMES,
    (turn) => STRATEGIES[strategy](candidates, draw({ random: random(), turn, affinity: `order-${turn}` })).instance.id,
  );
  return Object.fromEntries(candidates.map(({ instance: { id } }) => [id, (counts[id] ?? 0) / TIMES]));
}

const weighing = (id: string, weight: string) => candidate(id, { instance: instance(id, { metadata: { weight } }) });

describe('The balancing', () => {
  test('"random" gives each instance the same share', () => {
    const { a, b, c } = sharesOf(
      'random',
      ['a', 'b', 'c'].map((id) => candidate(id)),
    );
    for (const share of [a, b, c]) expect(share).toBeCloseTo(1 / 3, 1);
  });

  test('"round-robin" takes one after the other', () => {
    const three = ['a', 'b', 'c'].map((id) => candidate(id));
    const order = [0, 1, 2, 3, 4, 5].map((turn) => STRATEGIES['round-robin'](three, draw({ turn })).instance.id);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  test('"weighted" follows the weights, which are 1 by default and when they are no weight', () => {
    const shares = sharesOf('weighted', [
      weighing('a', '3'),
      candidate('b'),
      weighing('c', 'heavy'),
      weighing('d', '0'),
    ]);
    expect(shares.a).toBeCloseTo(0.6, 1);
    expect(shares.b).toBeCloseTo(0.2, 1);
    expect(shares.c).toBeCloseTo(0.2, 1);
    expect(shares.d).toBe(0);
  });

  test('"weighted" draws evenly when no instance has a weight', () => {
    expect(sharesOf('weighted', [weighing('a', '0'), weighing('b', '0')]).a).toBeCloseTo(0.5, 1);
  });

  test('"least-loaded" counts what an instance reported and what is under way from here', () => {
    const loaded = (id: string, load: number, inFlight: number) =>
      candidate(id, { inFlight, instance: instance(id, { load }) });
    const shares = sharesOf('least-loaded', [loaded('a', 4, 0), loaded('b', 1, 2), loaded('c', 3, 0)]);
    expect(shares).toMatchObject({ a: 0 });
    expect(shares.b).toBeCloseTo(0.5, 1);
    expect(shares.c).toBeCloseTo(0.5, 1);
  });

  test('"consistent-hash" sends what belongs together to one instance, and spreads the rest', () => {
    const four = ['a', 'b', 'c', 'd'].map((id) => candidate(id));
    const choose = (affinity: string, random: number) =>
      STRATEGIES['consistent-hash'](four, draw({ affinity, random })).instance.id;
    expect(choose('order-7', 0.9)).toBe(choose('order-7', 0.1));
    for (const share of Object.values(sharesOf('consistent-hash', four))) {
      expect(share).toBeGreaterThan(0.17);
      expect(share).toBeLessThan(0.33);
    }
  });

  test('"consistent-hash" moves only the keys of an instance that leaves', () => {
    const four = ['a', 'b', 'c', 'd'].map((id) => candidate(id));
    const three = four.filter(({ instance: { id } }) => id !== 'c');
    const owners = (candidates: typeof four) =>
      Array.from({ length: 2_000 }, (_, index) => {
        const at = draw({ affinity: `order-${index}` });
        return STRATEGIES['consistent-hash'](candidates, at).instance.id;
      });
    const [before, after] = [owners(four), owners(three)];
    const moved = tally(2_000, (index) => {
      if (before[index] === 'c') return `moved to ${after[index]}`;
      return before[index] === after[index] ? 'stayed' : 'moved without need';
    });
    expect(moved['moved without need']).toBeUndefined();
    // Its keys go to all the others, not to one neighbour.
    for (const id of ['a', 'b', 'd']) expect(moved[`moved to ${id}`]).toBeGreaterThan(50);
  });

  test('"health-adaptive" follows the scores', () => {
    const shares = sharesOf('health-adaptive', [
      candidate('fast', { latencyMs: 50 }),
      candidate('slow', { latencyMs: 525 }),
      candidate('failing', { latencyMs: 1_000, errorRate: 1 }),
      candidate('new'),
    ]);
    expect(shares.failing).toBe(0);
    expect(shares.fast).toBeCloseTo(100 / 245, 1);
    expect(shares.slow).toBeCloseTo(65 / 245, 1);
    expect(shares.new).toBeCloseTo(80 / 245, 1);
  });

  test.each([
    ['fast and without errors', { latencyMs: 20 }, 100],
    ['at half of the way to a second', { latencyMs: 525 }, 65],
    ['slower than a second', { latencyMs: 2_000 }, 30],
    ['of unknown latency', {}, 80],
    ['fast and failing half of its calls', { latencyMs: 50, errorRate: 0.5 }, 85],
    ['slow and failing all', { latencyMs: 1_000, errorRate: 1 }, 0],
  ])('an instance that is %s scores as the formula says', (_, measured, score) => {
    expect(healthScore(candidate('a', measured))).toBeCloseTo(score);
  });
});
