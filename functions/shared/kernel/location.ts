import type { Brand } from './brand.ts';
import type { Sku } from './ids.ts';
import type { Units } from './units.ts';

/** A place where stock lies, such as a warehouse. */
export type LocationId = Brand<string, 'LocationId'>;

/** A location's id: 1 to 16 small letters, digits or dashes, a letter first. It is in names of attributes, so that it is short. */
export const LOCATION_ID = /^[a-z][a-z0-9-]{0,15}$/;

/** Where stock lies of which nothing else is said, and all of it that came before there were others. */
export const DEFAULT_LOCATION = 'main' as LocationId;

/** Units of an article at one location. */
export interface UnitsAt extends Units {
  readonly location: LocationId;
}

/** The location of something that names one only when it is another than the usual one. */
export const locationOf = ({ location = DEFAULT_LOCATION }: { readonly location?: LocationId }): LocationId => location;

/** What `articleAt` makes; a currency has the form of an SKU, too. */
export const ARTICLE_AT = /^[A-Za-z0-9._-]{1,64}(@[a-z][a-z0-9-]{0,15})?$/;

/** An article where it lies, in one word: its SKU, at other locations than the usual one with `@<location>`. */
export const articleAt = (sku: Sku, location: LocationId): string =>
  location === DEFAULT_LOCATION ? sku : `${sku}@${location}`;
