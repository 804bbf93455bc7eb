import type { Candidate, Draw } from '../../../functions/shared/outbound/balancing/strategy.ts';
import type { Instance } from '../../../functions/shared/outbound/instance.ts';

export const NOW = Date.UTC(2026, 10, 26, 12);

/** An instance of a partner, up unless `about` says otherwise. */
export const instance = (id: string, about: Partial<Instance> = {}): Instance => ({
  id,
  host: `${id}.example.com`,
  port: 443,
  secure: true,
  metadata: {},
  status: 'up',
  lastHeartbeat: NOW,
  ...about,
});

/** An instance that may be called, and that was not called yet unless `about` says otherwise. */
export const candidate = (id: string, about: Partial<Candidate> = {}): Candidate => ({
  instance: instance(id),
  inFlight: 0,
  errorRate: 0,
  ...about,
});

export const draw = (about: Partial<Draw> = {}): Draw => ({ random: 0, turn: 0, affinity: 'order', ...about });

/** A sequence of numbers from 0 to below 1 that only depends on the seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How often each id came up in this many choices. */
export function tally(times: number, choose: (index: number) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let index = 0; index < times; index += 1) {
    const id = choose(index);
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}
