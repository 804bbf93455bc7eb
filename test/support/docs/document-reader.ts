/** Executes the commands of a document, as its reader would, against a running instance. */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { callApi } from '../api/client.ts';
import { bearer } from '../api/tokens.ts';
import { expanded, type ShellLine, shellLines } from './shell.ts';

/** Where documents say that the instance is. */
const ADDRESS = 'http://127.0.0.1:3000';
const ASSIGNMENT = /^([A-Z_]+)=([\s\S]*)$/;
/** Only ends what would never come about. */
const PATIENCE_MS = 240_000;

export interface Asked {
  readonly method: string;
  /** Below `/api/v1`, with its query. */
  readonly path: string;
}

/** The line in short, for the name of a test. */
export const titleOf = ({ words }: ShellLine): string =>
  words
    .map((parts) =>
      parts.map((part) => ('text' in part ? part.text : 'variable' in part ? `$${part.variable}` : '$(…)')).join(''),
    )
    .join(' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 100);

interface Request extends Asked {
  readonly headers: readonly [string, string][];
  readonly body?: string;
}

export class DocumentReader {
  readonly #url: string;
  readonly #variables = new Map<string, string>();
  #last: { readonly request: Request; readonly status: number; readonly answer: unknown } | undefined;

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Executes one line. A request is repeated, as a reader would repeat it, until its answer has the status that the comment
   * begins with, or 200. Resolves to the request, if the line is one. @throws Error when the answer stays another
   */
  async follow(line: ShellLine): Promise<Asked | undefined> {
    const words = await expanded(line, { variables: this.#variables, run: (command) => this.#token(command) });
    if (words[0] === 'curl') return this.#curl(words.slice(1), Number(/^\d{3}/.exec(line.comment)?.[0] ?? 200));
    if (words[0] === 'npm') return undefined; // `npm start` is the instance at hand, and `npm test` this suite.
    for (const word of words) await this.#assign(word);
    return undefined;
  }

  async #assign(word: string): Promise<void> {
    const [, name, value] = ASSIGNMENT.exec(word) ?? [];
    if (name === undefined) throw new Error(`This is neither curl nor an assignment: ${word}`);
    const field = /^<(\w+)>$/.exec(value!)?.[1];
    const meant = field === undefined ? value! : await this.#answered(field);
    this.#variables.set(name, meant.replace(ADDRESS, this.#url));
  }

  /** The field of the answer before, which what goes on meanwhile may have to bring about. */
  async #answered(field: string): Promise<string> {
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
      const found = textIn(this.#last?.answer, field);
      if (found !== undefined) return found;
      const { request, status } = this.#last ?? {};
      if (request?.method !== 'GET' || Date.now() > deadline) throw new Error(`The answer before has no ${field}.`);
      await this.#ask(request, status!);
    }
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
    return this.#ask({ method, path, headers, ...(data === undefined ? {} : { body: data }) }, status);
  }

  async #ask(request: Request, status: number): Promise<Asked> {
    const { path, ...sent } = request;
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(100)) {
      const answer = await callApi(this.#url, path, { ...sent, headers: [...sent.headers] });
      const text = await answer.text();
      if (answer.status === status) {
        this.#last = { request, status, answer: text.startsWith('{') ? JSON.parse(text) : undefined };
        return request;
      }
      if (Date.now() > deadline) {
        throw new Error(`${sent.method} ${path} is to answer ${status}, and answered ${answer.status}: ${text}`);
      }
    }
  }

  /** The token that `npm run -s token -- …` prints. */
  async #token(command: string): Promise<string> {
    const [line] = shellLines(command);
    const [npm, run, silent, script, separator, ...args] = await expanded(line!, {
      variables: this.#variables,
      run: (inner) => this.#token(inner),
    });
    if ([npm, run, silent, script, separator].join(' ') !== 'npm run -s token --') {
      throw new Error(`This is no command that documents have: ${command}`);
    }
    const text = { type: 'string' } as const;
    const { sub = '', role = '', scope } = parseArgs({ args, options: { sub: text, role: text, scope: text } }).values;
    return (await bearer(this.#url, { sub, role, ...(scope === undefined ? {} : { scope }) })).authorization!.replace(
      'Bearer ',
      '',
    );
  }
}

/** The text of the first field with this name, at whatever depth. */
function textIn(answer: unknown, field: string): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const own = (answer as Readonly<Record<string, unknown>>)[field];
  if (typeof own === 'string') return own;
  return Object.values(answer)
    .map((part) => textIn(part, field))
    .find((found) => found !== undefined);
}
