/** Settings are documented with their defaults, and nothing else is. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, textOf } from '../support/docs/markdown.ts';

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string }>>;
}

const read = (pattern: string): [file: string, text: string][] =>
  globSync(pattern, { cwd: ROOT }).map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]);

/** `<stack>:<parameter>` to its default, of the synthesized app. */
const parameters = new Map(
  read('cdk.out/*.template.json').flatMap(([file, text]) =>
    Object.entries((JSON.parse(text) as Template).Parameters ?? {})
      .filter(([name]) => name !== 'BootstrapVersion')
      .map(([name, { Default }]) => [`${path.basename(file, '.template.json')}:${name}`, Default ?? '–'] as const),
  ),
);

test('docs/deploying.md lists the parameters of the stacks with their defaults', () => {
  const documented = [...textOf('docs/deploying.md').matchAll(/^\| `([A-Z]\w+)` \| ([^|]+) \|/gm)];
  // One is in every stack with functions.
  const names = new Map([...parameters].map(([key, byDefault]) => [key.split(':')[1], byDefault]));
  expect(documented.map(([, name, byDefault]) => [name, byDefault]).sort()).toEqual([...names].sort());
});

test('docs/deploying.md sets parameters that the stacks have, and all that have no default', () => {
  const set = [...textOf('docs/deploying.md').matchAll(/--parameter (\w+)=/g)].map(([, name]) => name!);
  const required = [...parameters].flatMap(([key, byDefault]) => (byDefault === '–' ? [key.split(':')[1]!] : []));
  // Each stack that uses one has it.
  expect(set.sort()).toEqual([...new Set(required)].sort());
});

test('docs/operating.md lists the environment variables that programs of this machine read', () => {
  const variables = (text: string) => [...text.matchAll(/\bWAYBILL_[A-Z_]+/g)].map(([name]) => name);
  const used = new Set(read('{launch,local}/**/*.ts').flatMap(([, text]) => variables(text)));
  expect(new Set(variables(textOf('docs/operating.md')))).toEqual(used);
});
