/** Every world that can come about, breadth first, so that the way to a broken law is a shortest one. */

import { brokenAtRest, brokenLaw, hasSold } from './laws.ts';
import { type Model, movesOf } from './moves.ts';
import { NEW_ORDER, type World } from './order.ts';

export interface Bounds {
  readonly orders: number;
  /** Those that are there or still to come. */
  readonly units: number;
  /** How many things may go wrong in one life. */
  readonly faults: number;
}

export interface Explored {
  readonly worlds: number;
  readonly moves: number;
  /** How many of the worlds are at rest. */
  readonly atRest: number;
  /** The longest of the shortest ways to a world. */
  readonly depth: number;
  readonly broken?: { readonly law: string; readonly way: readonly string[]; readonly world: World };
}

interface Node {
  readonly world: World;
  readonly before: number;
  readonly by: string;
  readonly depth: number;
}

/**
 * Stops at the first world that breaks a law. When none does, checks that from every world one at rest can still be reached by what happens
 * by itself: nothing is stuck, and nothing goes round in circles for ever.
 */
export async function explore(
  model: Model,
  { orders, units, faults }: Bounds,
  said?: (worlds: number) => void,
): Promise<Explored> {
  const [free, coming] = model.goodsComeLater ? [0, units] : [units, 0];
  const first: World = { free, coming, orders: Array.from({ length: orders }, () => NEW_ORDER), faults };
  const nodes: Node[] = [{ world: first, before: -1, by: '', depth: 0 }];
  const known = new Map([[JSON.stringify(first), 0]]);
  const resting: number[] = [];
  const edges: number[] = [];
  let moved = 0;
  let sells = false;
  const wayTo = (index: number): string[] => {
    const { before, by } = nodes[index]!;
    return before < 0 ? [] : [...wayTo(before), by];
  };
  const result = (broken?: Explored['broken']): Explored => ({
    worlds: nodes.length,
    moves: moved,
    atRest: resting.length,
    depth: nodes.at(-1)!.depth,
    ...(broken && { broken }),
  });
  for (let index = 0; index < nodes.length; index += 1) {
    const { world, depth } = nodes[index]!;
    const moves = await movesOf(model, world);
    const isAtRest = !moves.some(({ isProgress }) => isProgress);
    const law = brokenLaw(world, units) ?? (isAtRest ? brokenAtRest(world) : undefined);
    if (law !== undefined) return result({ law, way: wayTo(index), world });
    if (isAtRest) resting.push(index);
    sells ||= isAtRest && world.faults === faults && hasSold(world);
    for (const { name, to, isProgress } of moves) {
      const key = JSON.stringify(to);
      let target = known.get(key);
      if (target === undefined) {
        target = nodes.push({ world: to, before: index, by: name, depth: depth + 1 }) - 1;
        known.set(key, target);
        if (target % 50_000 === 0) said?.(target);
      }
      moved += 1;
      if (isProgress) edges.push(index, target);
    }
  }
  if (!sells) return result({ law: 'an order with which nothing goes wrong can be sold', way: [], world: first });
  const stuck = firstThatNeverRests(nodes.length, edges, resting);
  return result(
    stuck === undefined
      ? undefined
      : { law: 'every order comes to its end', way: wayTo(stuck), world: nodes[stuck]!.world },
  );
}

/** Goes backwards from the worlds at rest. */
function firstThatNeverRests(worlds: number, edges: readonly number[], resting: readonly number[]): number | undefined {
  const into = Array.from({ length: worlds }, (): number[] => []);
  for (let edge = 0; edge < edges.length; edge += 2) into[edges[edge + 1]!]!.push(edges[edge]!);
  const rests = new Uint8Array(worlds);
  const open = [...resting];
  for (const world of open) rests[world] = 1;
  for (let world = open.pop(); world !== undefined; world = open.pop()) {
    for (const before of into[world]!) {
      if (rests[before] === 1) continue;
      rests[before] = 1;
      open.push(before);
    }
  }
  const stuck = rests.indexOf(0);
  return stuck === -1 ? undefined : stuck;
}
