import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../../../lib/bundling/fingerprint.ts';

describe('A fingerprint of files', () => {
  let root: string;
  const at = (name: string) => path.join(root, name);
  const taken = (salt?: string) => fingerprint(root, ['folder', 'single.json'], salt);

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'waybill-fingerprint-'));
    mkdirSync(at('folder/inner'), { recursive: true });
    writeFileSync(at('folder/inner/a.ts'), 'a');
    writeFileSync(at('folder/b.ts'), 'b');
    writeFileSync(at('single.json'), '{}');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test('is the same for the same contents, however old they are', () => {
    const before = taken();
    utimesSync(at('folder/b.ts'), 0, 0);
    expect(taken()).toBe(before);
  });

  test.each([
    ['a nested file changes', () => writeFileSync(at('folder/inner/a.ts'), 'changed')],
    ['a named file changes', () => writeFileSync(at('single.json'), '[]')],
    ['a file is renamed', () => renameSync(at('folder/b.ts'), at('folder/c.ts'))],
    ['a file is added', () => writeFileSync(at('folder/new.ts'), '')],
    ['a file is gone', () => rmSync(at('folder/b.ts'))],
    [
      'text moves from one file to its neighbour',
      () => {
        writeFileSync(at('folder/b.ts'), '');
        writeFileSync(at('folder/inner/a.ts'), 'ab');
      },
    ],
  ])('is another one when %s', (_case, change) => {
    const before = taken();
    change();
    expect(taken()).not.toBe(before);
  });

  test('tells options apart', () => {
    expect(taken('{"ephemeral":true}')).not.toBe(taken('{}'));
  });

  test('refuses a path that does not exist', () => {
    expect(() => fingerprint(root, ['nowhere'])).toThrow(/nowhere/);
  });
});
