import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { ResourceRegistry } from '../../../local/resource-registry.ts';
import { allServices } from './all-services.ts';

const readme = readFileSync(new URL('../../../local/README.md', import.meta.url), 'utf8');

const services = allServices();
afterAll(() => services.remove());
const registry = new ResourceRegistry(services.all);

test('The README lists the resource types that are made', () => {
  const [, table] = /\| types that are made \|\n\|---\|---\|---\|\n((?:\|.*\n)+)/.exec(readme)!;
  const listed = table!
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, , service, types] = line.split('|').map((cell) => cell.trim());
      const names = types!
        .replace(/\([^)]*\)/g, '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => /^[A-Z]\w+/.test(name));
      return names.map((name) => `${service!.replaceAll('`', '')}::${name.split(' ')[0]}`);
    });
  expect(listed.sort()).toEqual(registry.made);
});

test('The README lists the resource types that are ignored', () => {
  const [, paragraph] = /\*\*Ignored\*\*([\s\S]*?)\n\n/.exec(readme)!;
  expect([...paragraph!.matchAll(/AWS::\w+::\w+/g)].map(([type]) => type).sort()).toEqual(registry.ignored);
});
