/** What of a reservation leaves with one parcel. Pure. */
import { type LocationId, locationOf } from '../../shared/kernel/location.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { HeldLine } from './stock-line.ts';

export interface Leaving {
  readonly leaving: readonly HeldLine[];
  /** What stays reserved. */
  readonly rest: readonly HeldLine[];
}

/**
 * @param items what has left; from this location, as far as the reservation has it there
 * @returns undefined when the reservation holds less
 */
export function leavingOf(
  held: readonly HeldLine[],
  items: readonly Units[],
  location: LocationId | undefined,
): Leaving | undefined {
  const missing = new Map<string, number>();
  for (const { sku, quantity } of items) missing.set(sku, (missing.get(sku) ?? 0) + quantity);
  const taken = new Map<HeldLine, number>();
  const isThere = (line: HeldLine): boolean => location === undefined || locationOf(line) === location;
  for (const line of [...held.filter(isThere), ...held.filter((each) => !isThere(each))]) {
    const units = Math.min(line.quantity, missing.get(line.sku) ?? 0);
    missing.set(line.sku, (missing.get(line.sku) ?? 0) - units);
    taken.set(line, units);
  }
  if ([...missing.values()].some((units) => units > 0)) return undefined;
  const part = (unitsOf: (line: HeldLine) => number): HeldLine[] =>
    held.map((line) => ({ ...line, quantity: unitsOf(line) })).filter(({ quantity }) => quantity > 0);
  return { leaving: part((line) => taken.get(line)!), rest: part((line) => line.quantity - taken.get(line)!) };
}

/** Lines of the same article at the same location as one. */
export function merged(lines: readonly HeldLine[]): readonly HeldLine[] {
  const places = Map.groupBy(lines, (line) => `${line.sku}@${locationOf(line)}`);
  return [...places.values()].map((some) => ({
    ...some[0]!,
    quantity: some.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}
