/** Where each line of an order comes from. Pure. See docs/decisions/0121-stock-lies-at-locations.md. */
import type { Sku } from '../../shared/kernel/ids.ts';
import type { LocationId, UnitsAt } from '../../shared/kernel/location.ts';
import type { Sources } from './sources.ts';
import type { Shortage, StockLine } from './stock-line.ts';

/** How many units of an article an order can have from a location. */
export type UnitsThere = (sku: Sku, location: LocationId) => number;

/** All lines with their locations, or what there is too little of at all locations together. */
export type Allocation =
  | { readonly kind: 'allocated'; readonly lines: readonly UnitsAt[] }
  | { readonly kind: 'short'; readonly short: readonly Shortage[] };

/** Sets of so many locations are tried one after the other; an order that needs more gets what is needed of all. */
const TRIED_SIZES = [1, 2, 3];

/**
 * A line comes from the first location that has all of it, and from several, in their order, only when none has. When there are
 * to be few locations, they are chosen first.
 * @param lines each of another article
 */
export function allocate(lines: readonly StockLine[], sources: Sources, there: UnitsThere): Allocation {
  const { locations, fewest } = sources;
  const short = lines
    .map(({ sku, quantity }) => ({ sku, quantity, available: unitsIn(sku, locations, there) }))
    .filter(({ quantity, available }) => available < quantity)
    .map(({ sku, available }) => ({ sku, available }));
  if (short.length > 0) return { kind: 'short', short };
  const chosen = fewest ? fewestFor(lines, locations, there) : locations;
  return { kind: 'allocated', lines: lines.flatMap((line) => partsOf(line, chosen, there)) };
}

function partsOf({ sku, quantity }: StockLine, locations: readonly LocationId[], there: UnitsThere): UnitsAt[] {
  const whole = locations.find((location) => there(sku, location) >= quantity);
  if (whole !== undefined) return [{ sku, quantity, location: whole }];
  let missing = quantity;
  return locations.flatMap((location) => {
    const taken = Math.min(missing, has(sku, location, there));
    missing -= taken;
    return taken > 0 ? [{ sku, quantity: taken, location }] : [];
  });
}

/** The smallest set of locations that has everything together; of several such sets the one with the first choices. */
function fewestFor(
  lines: readonly StockLine[],
  locations: readonly LocationId[],
  there: UnitsThere,
): readonly LocationId[] {
  const suffices = (some: readonly LocationId[]): boolean =>
    lines.every(({ sku, quantity }) => unitsIn(sku, some, there) >= quantity);
  for (const size of TRIED_SIZES) {
    const found = subsets(locations, size).find(suffices);
    if (found) return found;
  }
  // What can be left out is, the last choices first.
  return locations.reduceRight<readonly LocationId[]>((some, location) => {
    const others = some.filter((id) => id !== location);
    return suffices(others) ? others : some;
  }, locations);
}

/** All sets of so many of them, in their order. */
function subsets<Each>([first, ...rest]: readonly Each[], size: number): readonly (readonly Each[])[] {
  if (size === 0) return [[]];
  if (first === undefined) return [];
  return [...subsets(rest, size - 1).map((set) => [first, ...set]), ...subsets(rest, size)];
}

const has = (sku: Sku, location: LocationId, there: UnitsThere): number => Math.max(0, there(sku, location));

const unitsIn = (sku: Sku, locations: readonly LocationId[], there: UnitsThere): number =>
  locations.reduce((sum, location) => sum + has(sku, location, there), 0);
