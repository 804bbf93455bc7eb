/** Which licences packages may have, and what packages say of theirs. */

/** A component of CycloneDX, as `npm sbom` writes it. */
export interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** They ask for no more than that their text goes along, which bundles have as comments. */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0'];
/** Of tools, which nobody gets from us: they may also ask that changes of their own files are published. */
const FOR_TOOLS = [
  ...PERMISSIVE,
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'MPL-2.0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
];
/** Packages whose manifest is older than the field that npm reads, with what their own files say. */
const BY_NAME: Readonly<Record<string, string>> = { nub: 'MIT', 'pause-stream': 'MIT OR Apache-2.0' };

export interface Judged {
  /** With its version. */
  readonly name: string;
  /** An SPDX expression; undefined when the package says nothing. */
  readonly licence: string | undefined;
  /** Whether it is in what is deployed, and not only a tool. */
  readonly deployed: boolean;
  readonly allowed: boolean;
}

export function judged(component: Component): Judged {
  const { name, version, properties = [] } = component;
  const deployed = !properties.some((property) => property.name === 'cdx:npm:package:development');
  const licence = licenceOf(component);
  const allowed = licence !== undefined && isAllowed(licence, deployed ? PERMISSIVE : FOR_TOOLS);
  return { name: `${name}@${version}`, licence, deployed, allowed };
}

function licenceOf({ name, licenses = [] }: Component): string | undefined {
  const said = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name);
  const known = said.filter((one) => one !== undefined);
  return known.length > 0 ? known.join(' AND ') : BY_NAME[name];
}

/** Of an expression with OR one side is enough, of one with AND each is needed. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  const sides = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return sides.some((side) => side.split(' AND ').every((one) => allowed.includes(one.replace(/[()]/g, ''))));
}
