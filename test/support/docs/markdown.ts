/** The Markdown documents of the repository, and what they link to, name and ask their readers to do. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ShellLine, shellLines } from './shell.ts';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
const OTHERS = ['node_modules', 'dist', 'cdk.out', 'coverage', '.waybill', '.git'];

/** Paths of all documents, relative to the root. */
export const documents = (): string[] =>
  globSync('**/*.md', { cwd: ROOT, exclude: (name) => OTHERS.includes(name) })
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();

export const textOf = (document: string): string => readFileSync(path.join(ROOT, document), 'utf8');

/** The document without its blocks of code. */
const proseOf = (text: string): string => text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');

/** Targets of links to other files and to headings, as they are written. */
export const linksIn = (text: string): string[] =>
  [
    ...proseOf(text)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^()\s]+)\)/g),
  ]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target));

/** What links to the headings of the document begin with `#`, in GitHub's form. */
export function anchorsOf(text: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** Files and folders of the repository that the document names in code style, such as `lib/waybill-app.ts`. */
export const pathsIn = (text: string): string[] =>
  [
    ...proseOf(text).matchAll(
      /`((?:bin|lib|functions|statemachines|local|partners|launch|docs|test|bench)\/[\w./-]*)`/g,
    ),
  ].map(([, named]) => named!);

/** Scripts of package.json that the document names, such as `start`. */
export const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test))/g)].map(([, run, short]) => run ?? short!);

/** The lines of the document's shell scripts. */
export const shellLinesOf = (text: string): ShellLine[] =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, script]) => shellLines(script!));
