import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../functions/published/contracts.ts';
import { PROBLEMS } from '../../functions/published/problems.ts';
import { bundleDirOf, FUNCTION_NAMES } from '../../lib/functions.ts';

/** What only documents say: each is a text of some length, so that it is in a bundle by no accident. */
const PROSE = [
  ...CONTRACTS.flatMap(({ summary, description, examples }) => [
    summary,
    description,
    ...examples.map((each) => each.summary),
  ]),
  ...PROBLEMS.map(({ meaning }) => meaning),
].filter(({ length }) => length >= 12);

const proseIn = (name: (typeof FUNCTION_NAMES)[number]): string[] => {
  const code = readFileSync(path.join(bundleDirOf(name), 'index.mjs'), 'utf8');
  return PROSE.filter((text) => code.includes(text));
};

describe('Prose and examples of the API document', () => {
  test.each(FUNCTION_NAMES.filter((name) => !name.startsWith('api-docs/')))('are not in the bundle of %s', (name) => {
    expect(proseIn(name)).toEqual([]);
  });

  test('are in the bundles that serve the document', () => {
    for (const name of ['api-docs/get-document', 'api-docs/get-page'] as const) {
      expect(proseIn(name).length).toBeGreaterThan(PROSE.length / 2);
    }
  });
});
