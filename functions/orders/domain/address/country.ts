/** What addresses of a country have, as Google's libaddressinput knows it. */

/** The parts of an address that not every country has. */
export type AddressPart = 'city' | 'state' | 'postalCode';

export interface Country {
  readonly required: readonly AddressPart[];
  /** Undefined in a country without postal codes. */
  readonly postalCode?: {
    /** As the country calls it, such as `ZIP code`. */
    readonly name: string;
    /** A regular expression for the whole code, in capital letters. */
    readonly pattern: string;
    readonly example: string;
  };
  /** Undefined in a country whose addresses are complete without one. */
  readonly state?: {
    /** As the country calls it, such as `prefecture`. */
    readonly name: string;
    /** All names of each: its usual one first. Empty when they are not known. */
    readonly names: readonly (readonly string[])[];
  };
}

/** By ISO 3166-1 alpha-2 code. */
export type Countries = Readonly<Record<string, Country>>;
