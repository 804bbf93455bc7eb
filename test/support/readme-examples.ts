/** Does what the README tells its reader to do, against a running instance. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { callApi } from './api/client.ts';
import { bearer } from './api/tokens.ts';
import { expanded, type ShellLine, shellLines } from './platform/shell.ts';

/** Where the README says that the instance is. */
const ADDRESS = 'http://127.0.0.1:3000';
const ASSIGNMENT = /^([A-Z_]+)=([\s\S]*)$/;
const PATIENCE_MS = 20_000;

export interface Asked {
  readonly method: string;
  /** Below `/api/v1`, with its query. */
  readonly path: string;
}

/** Shell lines of a section, such as `The API by example`. @throws Error when there is none of that name */
export function linesOfSection(readme: string, heading: string): ShellLine[] {
  const [, section] = readme.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`The README has no section ${heading}.`);
  return [...section.split('\n## ')[0]!.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, script]) =>
    shellLines(script!),
  );
}

/** What the line does, for the name of a test. */
export const titleOf = ({ words }: ShellLine): string =>
  words
    .map((parts) =>
      parts.map((part) => ('text' in part ? part.text : 'variable' in part ? `$${part.variable}` : '$(…)')).join(''),
    )
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 100);

export class ReadmeReader {
  readonly #url: string;
  readonly #variables = new Map<string, string>();
  #lastAnswer: Readonly<Record<string, unknown>> = {};

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Carries out one line. A request is repeated, as a reader would, until its answer has the status that the comment begins
   * with, or 200. Resolves to what was asked for, if anything. @throws Error when the answer stays another
   */
  async follow(line: ShellLine): Promise<Asked | undefined> {
    const words = await expanded(line, { variables: this.#variables, run: (command) => this.#token(command) });
    if (words[0] === 'curl') return this.#curl(words.slice(1), Number(/^\d{3}/.exec(line.comment)?.[0] ?? 200));
    for (const word of words) this.#assign(word);
    return undefined;
  }

  #assign(word: string): void {
    const [, name, value] = ASSIGNMENT.exec(word) ?? [];
    if (name === undefined) throw new Error(`This is neither curl nor an assignment: ${word}`);
    const field = /^<(\w+)>$/.exec(value!)?.[1];
    const meant = field === undefined ? value : this.#lastAnswer[field];
    if (typeof meant !== 'string') throw new Error(`The answer before has no ${field}.`);
    this.#variables.set(name, meant.replace(ADDRESS, this.#url));
  }

  async #curl(args: string[], status: number): Promise<Asked> {
    const {
      values,
      positionals: [address = ''],
    } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        request: { type: 'string', short: 'X' },
        header: { type: 'string', short: 'H', multiple: true },
        data: { type: 'string', short: 'd' },
        include: { type: 'boolean', short: 'i' },
        silent: { type: 'boolean', short: 's' },
      },
    });
    const { request: method = values.data === undefined ? 'GET' : 'POST', header = [], data } = values;
    const path = address.replace(ADDRESS, this.#url).replace(`${this.#url}/api/v1`, '');
    const headers = header.map((each): [string, string] => [
      each.slice(0, each.indexOf(':')),
      each.slice(each.indexOf(':') + 1).trim(),
    ]);
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
      const answer = await callApi(this.#url, path, { method, headers, ...(data === undefined ? {} : { body: data }) });
      const text = await answer.text();
      if (answer.status === status) {
        this.#lastAnswer = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
        return { method, path };
      }
      if (Date.now() > deadline) {
        throw new Error(`${method} ${path} is to answer ${status}, and answered ${answer.status}: ${text}`);
      }
    }
  }

  /** What `npm run -s token -- …` prints. */
  async #token(command: string): Promise<string> {
    const [line] = shellLines(command);
    const [npm, run, silent, script, separator, ...args] = await expanded(line!, {
      variables: this.#variables,
      run: (inner) => this.#token(inner),
    });
    if ([npm, run, silent, script, separator].join(' ') !== 'npm run -s token --') {
      throw new Error(`Not a command of the README's: ${command}`);
    }
    const text = { type: 'string' } as const;
    const { sub = '', role = '', scope } = parseArgs({ args, options: { sub: text, role: text, scope: text } }).values;
    return (await bearer(this.#url, { sub, role, ...(scope === undefined ? {} : { scope }) })).authorization!.replace(
      'Bearer ',
      '',
    );
  }
}
