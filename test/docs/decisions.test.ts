import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../launch/project-root.ts';
import { DECISIONS_DIR, decisionIn, readDecisions, withIndex } from '../../launch/tools/decision-index.ts';

const decisions = readDecisions();

describe('Every decision', () => {
  test('has a number of its own, which its file begins with', () => {
    expect(decisions.length).toBeGreaterThan(50);
    expect(decisions.map(({ number }) => number)).toEqual(decisions.map((_, index) => index + 1));
    for (const { file, number } of decisions) expect(file).toMatch(new RegExp(`^${`${number}`.padStart(4, '0')}-`));
  });

  test('that is superseded names a later one by its file', () => {
    const files = decisions.map(({ file }) => file);
    for (const { file, status } of decisions) {
      for (const [, later] of status.matchAll(/\]\(([^)]+)\)/g)) {
        expect(files).toContain(later);
        expect(later! > file).toBe(true);
      }
    }
  });

  test.each([
    ['no number', '# Title\n\n- Status: accepted\n- Date: 2026-11-21\n'],
    ['no date', '# 1. Title\n\n- Status: accepted\n'],
    ['another status', '# 1. Title\n\n- Status: proposed\n- Date: 2026-11-21\n'],
    ['nothing that supersedes it', '# 1. Title\n\n- Status: superseded\n- Date: 2026-11-21\n'],
  ])('is refused when it has %s', (_, text) => {
    expect(() => decisionIn('0001-title.md', text)).toThrow('0001-title.md does not begin');
  });
});

test('The index of the decisions is current; after a change: npm run decisions', () => {
  const readme = readFileSync(path.join(DECISIONS_DIR, 'README.md'), 'utf8');
  expect(readme).toBe(withIndex(readme, decisions));
});

test('The decisions that the code links to exist', () => {
  const sources = globSync('{functions,lib,local,launch,partners,bench}/**/*.ts', { cwd: PROJECT_ROOT });
  const links = sources.flatMap((file) =>
    [...readFileSync(path.join(PROJECT_ROOT, file), 'utf8').matchAll(/docs\/decisions\/(\d{4}[\w-]*\.md)/g)].map(
      ([, decision]) => decision!,
    ),
  );
  expect(links.length).toBeGreaterThan(10);
  expect(decisions.map(({ file }) => file)).toEqual(expect.arrayContaining(links));
});
