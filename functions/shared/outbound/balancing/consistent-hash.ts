import { hash } from 'node:crypto';
import type { Strategy } from './strategy.ts';

/** Points of each instance on the ring: with so many, the shares of the instances differ by about a tenth. */
const POINTS = 100;

interface Point {
  readonly at: number;
  readonly instanceId: string;
}

/**
 * The instance that owns the affinity: the one of the next point on a ring of hashes, which each instance has a hundred points on. When
 * an instance leaves, only its own keys move; when one comes, it takes over only what it owns from then on.
 */
export const consistentHash: Strategy = (candidates, { affinity }) => {
  const owner = ownerOf(ringOf(candidates.map(({ instance }) => instance.id)), affinity);
  return candidates.find(({ instance }) => instance.id === owner)!;
};

/** The last ring: instances come and go far less often than calls are made. */
let last: { readonly name: string; readonly ring: readonly Point[] } | undefined;

function ringOf(instanceIds: readonly string[]): readonly Point[] {
  const name = instanceIds.join(' ');
  if (last?.name !== name) last = { name, ring: newRing(instanceIds) };
  return last.ring;
}

/** In the order of the points. */
const newRing = (instanceIds: readonly string[]): Point[] =>
  instanceIds
    .flatMap((instanceId) =>
      Array.from({ length: POINTS }, (_, index): Point => ({ at: positionOf(`${instanceId}#${index}`), instanceId })),
    )
    .sort((one, other) => one.at - other.at || (one.instanceId < other.instanceId ? -1 : 1));

/** Bisects for the first point at or after the key; after the last one comes the first again. */
function ownerOf(ring: readonly Point[], key: string): string {
  const at = positionOf(key);
  let [from, to] = [0, ring.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ring[middle]!.at < at) from = middle + 1;
    else to = middle;
  }
  return ring[from % ring.length]!.instanceId;
}

/** Evenly spread over 48 bits. */
const positionOf = (text: string): number => hash('sha1', text, 'buffer').readUIntBE(0, 6);
