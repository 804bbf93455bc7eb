/** Whether an address has what addresses of its country have. Stored addresses are older than this rule: only new ones are checked. */
import type { ShippingAddress } from '../event-data.ts';
import type { AddressPart, Countries, Country } from './country.ts';

export interface AddressFault {
  readonly field: AddressPart | 'country';
  /** For the person who wrote the address: what is wrong, and what the country expects. */
  readonly detail: string;
}

/** A list of states up to this long is told whole. */
const TOLD_WHOLE = 14;
/** What stands between the name of a region and its kind, as in `Seoul-si` or `Shanghai Shi`. */
const KIND_OF_REGION = /[\s-]/;
/** Also the minus, and the long vowel of Japanese, which stands on the key of the hyphen. */
const HYPHENS = /[\p{Pd}−ー]/gu;
/** In the language of this API. */
const nameOf = new Intl.DisplayNames('en', { type: 'region' });

/** All faults of the address at once; none when a parcel can find its way by it. */
export function faultsOfAddress(address: ShippingAddress, countries: Countries): readonly AddressFault[] {
  const country = Object.hasOwn(countries, address.country) ? countries[address.country] : undefined;
  if (!country) return [{ field: 'country', detail: faultOfCountry(address.country, countries) }];
  const place = nameOf.of(address.country)!;
  return [
    ...country.required.filter((part) => address[part] === undefined).map((field) => missing(field, country, place)),
    ...wrongState(address, country, place),
    ...wrongPostalCode(address, country, place),
  ];
}

function faultOfCountry(given: string, countries: Countries): string {
  const wanted = folded(given);
  const code = Object.keys(countries).find((known) =>
    [known, nameOf.of(known)!].some((name) => folded(name) === wanted),
  );
  const hint = code === undefined ? 'CN for China' : `${code} for ${nameOf.of(code)}`;
  return `"${given}" is no country code of ISO 3166-1; expected two capital letters, such as ${hint}.`;
}

const missing = (field: AddressPart, country: Country, place: string): AddressFault => ({
  field,
  detail: `Addresses in ${place} have ${expected(field, country)}; expected it here.`,
});

function wrongState({ state }: ShippingAddress, country: Country, place: string): AddressFault[] {
  const { name = '', names = [] } = country.state ?? {};
  if (state === undefined || names.length === 0 || names.some((one) => one.some((known) => isMeant(state, known)))) {
    return [];
  }
  return [{ field: 'state', detail: `"${state}" is not known in ${place}; expected its ${name}: ${listed(names)}.` }];
}

function wrongPostalCode({ postalCode }: ShippingAddress, country: Country, place: string): AddressFault[] {
  if (postalCode === undefined || country.postalCode === undefined) return [];
  const { name, pattern, example } = country.postalCode;
  const form = new RegExp(`^(?:${pattern})$`);
  if (spellingsOf(postalCode).some((spelling) => form.test(spelling))) return [];
  return [
    { field: 'postalCode', detail: `"${postalCode}" is no ${name} of ${place}; expected one such as ${example}.` },
  ];
}

function expected(field: AddressPart, { state, postalCode }: Country): string {
  if (field === 'postalCode' && postalCode) {
    return `${article(postalCode.name)} ${postalCode.name}, such as ${postalCode.example}`;
  }
  if (field === 'state' && state) {
    return `${article(state.name)} ${state.name}${state.names.length > 0 ? `: ${listed(state.names)}` : ''}`;
  }
  return `a ${field}`;
}

const article = (noun: string): string => (/^[aeiou]/i.test(noun) ? 'an' : 'a');

/** In capital letters, plain digits and hyphens, as a keyboard of the country may not write them; also without spaces: `560 001` is `560001`. */
function spellingsOf(postalCode: string): string[] {
  const plain = postalCode.normalize('NFKC').replaceAll(HYPHENS, '-').toUpperCase();
  return [plain, plain.replaceAll(' ', '')];
}

/** Each by its first name in Latin letters, which every reader can type. */
function listed(names: readonly (readonly string[])[]): string {
  const told = names.map((one) => one.find((name) => /^[A-Z]/i.test(name)) ?? one[0]!);
  if (told.length <= TOLD_WHOLE) return told.join(', ');
  return `one of ${told.length}, such as ${told[0]} or ${told[1]}`;
}

/** The name, also without the word for its kind: `Shanghai` is `Shanghai Shi`. */
function isMeant(given: string, known: string): boolean {
  const [said, name] = [folded(given), folded(known)];
  return name === said || (name.startsWith(said) && KIND_OF_REGION.test(name.charAt(said.length)));
}

/** Without case, accents and stops. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}.]/gu, '')
    .toLowerCase();
