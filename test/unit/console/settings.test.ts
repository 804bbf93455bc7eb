import { describe, expect, it } from 'vitest';
import { originOf, settingsOf, shownValue } from '../../../console/src/configuration/settings.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';

describe('the settings that the console shows', () => {
  it('are the leaves of the document, by their paths', () => {
    expect(settingsOf({ a: { b: 1, c: { d: null } }, e: [1, 2], f: {} })).toEqual([
      { path: 'a.b', value: '1' },
      { path: 'a.c.d', value: 'null' },
      { path: 'e', value: '[1,2]' },
      { path: 'f', value: '{}' },
    ]);
    expect(settingsOf({})).toEqual([]);
    expect(settingsOf(DEFAULT_CONFIGURATION).map(({ path }) => path)).toContain('breaker.openSeconds');
  });

  it('are of the deployment before operators, and of operators before the defaults', () => {
    const set = new Set(['a', 'b']);
    const overridden = new Set(['a']);
    expect(['a', 'b', 'c'].map((path) => originOf(path, overridden, set))).toEqual([
      'deployment',
      'operators',
      'default',
    ]);
  });

  it('show a dash for a value that is not there', () => {
    expect([shownValue(undefined), shownValue('x'), shownValue(false)]).toEqual(['–', '"x"', 'false']);
  });
});
