/** Which locations an order's goods may come from. Pure. */
import type { LocationId } from '../../shared/kernel/location.ts';

/** What a shop has set of its locations. */
export interface LocationsSettings {
  readonly locations: Readonly<
    Record<
      string,
      {
        /** ISO 3166-1 alpha-2. @default nothing is near to it */
        readonly country?: string | undefined;
        /** The lowest comes first. */
        readonly priority: number;
        readonly active: boolean;
      }
    >
  >;
  readonly allocation: 'priority' | 'single-location-first' | 'nearest-country';
}

/** Where an order's goods come from. */
export interface Sources {
  /** At least one; the first choice first. */
  readonly locations: readonly LocationId[];
  /** The goods come from as few locations as possible, and only then from the first ones. */
  readonly fewest: boolean;
}

/** The locations from which orders get goods, by the shop's priority and then by id. */
export const activeLocations = ({ locations }: Pick<LocationsSettings, 'locations'>): readonly LocationId[] =>
  Object.entries(locations)
    .filter(([, { active }]) => active)
    .sort(([id, one], [otherId, other]) => one.priority - other.priority || (id < otherId ? -1 : 1))
    .map(([id]) => id as LocationId);

/**
 * The sources of an order, by the shop's rule.
 * @param country where the goods go, as the address has it
 */
export function sourcesOf(settings: LocationsSettings, country: string): Sources {
  const { allocation, locations } = settings;
  const active = activeLocations(settings);
  const fewest = allocation === 'single-location-first';
  if (allocation !== 'nearest-country') return { locations: active, fewest };
  const isNear = (id: LocationId): boolean => locations[id]?.country === country.toUpperCase();
  return { locations: [...active.filter(isNear), ...active.filter((id) => !isNear(id))], fewest };
}

/** The same sources, but those first that the order has goods from already: they go in the same parcel. */
export const preferring = ({ locations, fewest }: Sources, own: readonly LocationId[]): Sources => ({
  locations: [...locations.filter((id) => own.includes(id)), ...locations.filter((id) => !own.includes(id))],
  fewest,
});
