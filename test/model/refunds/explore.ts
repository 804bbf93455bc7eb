/** Every world of refunds that can come about, breadth first. */
import { brokenAtRest, brokenLaw } from './laws.ts';
import { type Move, movesOf } from './moves.ts';
import { type Budget, firstWorld, type World, type Wrong } from './world.ts';

export interface Explored {
  readonly worlds: number;
  readonly moves: number;
  readonly atRest: number;
  readonly broken?: { readonly law: string; readonly way: readonly string[] };
}

interface Node {
  readonly world: World;
  readonly before: number;
  readonly by: string;
}

/** Stops at the first world that breaks a law, or that nothing leads out of although something is still to be done. */
export async function exploreRefunds(budget: Budget, wrong: Wrong = {}): Promise<Explored> {
  const nodes: Node[] = [{ world: firstWorld(budget), before: -1, by: '' }];
  const known = new Set([keyOf(nodes[0]!.world)]);
  let moved = 0;
  let atRest = 0;
  const wayTo = (index: number): string[] => {
    const { before, by } = nodes[index]!;
    return before < 0 ? [] : [...wayTo(before), by];
  };
  for (let index = 0; index < nodes.length; index += 1) {
    const { world } = nodes[index]!;
    const found = (law: string): Explored => ({
      worlds: nodes.length,
      moves: moved,
      atRest,
      broken: { law, way: wayTo(index) },
    });
    const law = lawOf(() => brokenLaw(world));
    if (law !== undefined) return found(law);
    const isAtRest = world.messages.length === 0 && !world.untold;
    if (isAtRest) {
      atRest += 1;
      const end = lawOf(() => brokenAtRest(world));
      if (end !== undefined) return found(end);
    }
    const moves: readonly Move[] = await movesOf(world, wrong);
    const own = keyOf(world);
    if (!isAtRest && !moves.some(({ to, isProgress }) => isProgress && keyOf(to) !== own)) {
      return found('what is begun comes to an end');
    }
    for (const { name, to } of moves) {
      moved += 1;
      const key = keyOf(to);
      if (known.has(key)) continue;
      known.add(key);
      nodes.push({ world: to, before: index, by: name });
    }
  }
  return { worlds: nodes.length, moves: moved, atRest };
}

/** What cannot be folded or booked breaks a law, too. */
function lawOf(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch (error) {
    return `events can be folded and booked (${(error as Error).message})`;
  }
}

/** Ids and times follow from the rest. */
const keyOf = ({ events, ...rest }: World): string =>
  JSON.stringify([events.map(({ type, data, causationId }) => [type, data, causationId]).slice(6), rest]);
