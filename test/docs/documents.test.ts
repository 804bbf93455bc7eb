import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf, documents, linksIn, pathsIn, ROOT, scriptsIn, textOf } from '../support/docs/markdown.ts';

const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** Why a link in this document leads nowhere; undefined for one that leads somewhere. */
function faultOf(document: string, target: string): string | undefined {
  const [file = '', anchor] = target.split('#');
  const linked = file === '' ? document : path.posix.join(path.posix.dirname(document), file);
  if (!existsSync(path.join(ROOT, linked))) return `${target}: there is no ${linked}`;
  if (anchor !== undefined && !anchorsOf(textOf(linked)).includes(anchor)) return `${target}: there is no such heading`;
  return undefined;
}

describe.each(documents())('%s', (document) => {
  const text = textOf(document);

  test('links to files and headings that exist', () => {
    expect(linksIn(text).flatMap((target) => faultOf(document, target) ?? [])).toEqual([]);
  });

  test('names files and folders that exist', () => {
    expect(pathsIn(text).filter((named) => !existsSync(path.join(ROOT, named)))).toEqual([]);
  });

  test('names scripts that package.json has', () => {
    expect(scriptsIn(text).filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe('A document', () => {
  test('is read for its links, but not for those in code', () => {
    const text = 'See [a](a.md#b), [c](https://c) and `[d](d.md)`.\n\n```md\n[e](e.md)\n```\n';
    expect(linksIn(text)).toEqual(['a.md#b']);
  });

  test('has an anchor for each heading, and another one for each repeated heading', () => {
    expect(anchorsOf("# What calls an operator?\n## `npm start`\n## It's\n## It's\n")).toEqual([
      'what-calls-an-operator',
      'npm-start',
      'its',
      'its-1',
    ]);
  });
});
