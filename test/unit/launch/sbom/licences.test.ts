import { describe, expect, test } from 'vitest';
import { type Component, judged } from '../../../../launch/sbom/licences.ts';

const TOOL = [{ name: 'cdx:npm:package:development', value: 'true' }];
const component = (licence: string | undefined, more: Partial<Component> = {}): Component => ({
  name: 'some',
  version: '1.2.3',
  ...(licence === undefined ? {} : { licenses: [{ license: { id: licence } }] }),
  ...more,
});
const isAllowed = (licence: string | undefined, more?: Partial<Component>) => judged(component(licence, more)).allowed;

describe('A package that is deployed', () => {
  test('has a permissive licence', () => {
    expect(judged(component('MIT'))).toEqual({ name: 'some@1.2.3', licence: 'MIT', deployed: true, allowed: true });
    expect(isAllowed('MPL-2.0')).toBe(false);
    expect(isAllowed('GPL-3.0-or-later')).toBe(false);
  });

  test('may have one that is not, where there is a choice', () => {
    const expression = (text: string) => judged(component(undefined, { licenses: [{ expression: text }] })).allowed;
    expect(expression('(MIT OR GPL-3.0-or-later)')).toBe(true);
    expect(expression('MIT AND GPL-3.0-only')).toBe(false);
    expect(expression('(GPL-2.0-only OR GPL-3.0-only)')).toBe(false);
  });

  test('with several licences has to have an allowed one in each', () => {
    const licenses = [{ license: { id: 'MIT' } }, { license: { name: 'Secret' } }];
    expect(judged(component(undefined, { licenses }))).toMatchObject({ licence: 'MIT AND Secret', allowed: false });
  });

  test('says which licence it has, unless it is known from its files', () => {
    expect(judged(component(undefined))).toMatchObject({ licence: undefined, allowed: false });
    expect(isAllowed(undefined, { name: 'nub' })).toBe(true);
  });
});

test('A tool may ask that changes of its own files are published', () => {
  expect(isAllowed('MPL-2.0', { properties: TOOL })).toBe(true);
  expect(isAllowed('GPL-3.0-or-later', { properties: TOOL })).toBe(false);
});
