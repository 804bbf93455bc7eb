/** Every setting of the configuration is documented with its default, and nothing else is. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { settingsIn } from '../../functions/shared/configuration/differences.ts';
import { configurationSchema, DEFAULT_CONFIGURATION } from '../../functions/shared/configuration/document.ts';
import type { Json } from '../../functions/shared/configuration/merged.ts';
import { textOf } from '../support/docs/markdown.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
}

/** What a partner can have of its own is the same as what all have: one row stands for it. */
const OF_ONE_PARTNER = /^partners\.<partner>\.(breaker|retry)$/;
/** One row stands for all partners, and one for all locations. */
const inTable = (path: string): string =>
  path
    .replace(/^partners\.[\w-]+/, 'partners.<partner>')
    .replace(/^inventory\.locations\.[\w-]+/, 'inventory.locations.<location>');

function pathsOf({ properties, additionalProperties, anyOf = [] }: Schema, path = ''): string[] {
  if (typeof additionalProperties === 'object') return pathsOf(additionalProperties, `${path}.any`);
  const fields = Object.entries(properties ?? anyOf.find((each) => each.properties)?.properties ?? {});
  if (fields.length === 0 || OF_ONE_PARTNER.test(inTable(path))) return [inTable(path)];
  return fields.flatMap(([name, field]) => pathsOf(field, path ? `${path}.${name}` : name));
}

test('docs/operating.md lists every setting of the configuration with its default', () => {
  const defaults = new Map(
    [...settingsIn(DEFAULT_CONFIGURATION as Json)].map(([path, value]) => [inTable(path), value]),
  );
  const paths = new Set(pathsOf(z.toJSONSchema(configurationSchema) as Schema));
  const documented = [...textOf('docs/operating.md').matchAll(/^\| `([a-z][\w.<>-]+\.[\w.<>]+)` \| ([^|]+) \|/gm)];
  expect(documented.map(([, path, byDefault]) => [path, byDefault]).sort()).toEqual(
    [...paths].map((path) => [path, textOfDefault(defaults.get(path))]).sort(),
  );
});

const textOfDefault = (value: Json | undefined): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
