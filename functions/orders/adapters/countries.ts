import { readFileSync } from 'node:fs';
import type { Countries } from '../domain/address/country.ts';

let countries: Countries | undefined;

/** The table of all countries, read when it is first asked for. It stands beside this code, in a deployed function too. */
export function knownCountries(): Countries {
  countries ??= JSON.parse(readFileSync(new URL('countries.json', import.meta.url), 'utf8')) as Countries;
  return countries;
}
