/** The part of a shell's language that the commands of documents use: words, quotes, variables, comments. */

type Part = { readonly text: string } | { readonly variable: string } | { readonly command: string };

export interface ShellLine {
  /** The parts of each word, in order. */
  readonly words: readonly (readonly Part[])[];
  /** The text behind `#`. */
  readonly comment: string;
}

export interface ShellEnvironment {
  readonly variables: ReadonlyMap<string, string>;
  /** Resolves to the output of `$(command)`, without the end of its line. */
  readonly run: (command: string) => Promise<string>;
}

const TOKEN =
  /(?<gap>(?:\\\n|[ \t])+)|(?<end>\n)|(?<=^|\s)#\s*(?<comment>[^\n]*)|'(?<literal>[^']*)'|"(?<quoted>(?:\$\([^)]*\)|[^"])*)"|(?<bare>(?:\$\([^)]*\)|[^\s'"\\])+)/y;
const EXPANSION = /\$\((?<command>[^)]*)\)|\$(?<variable>\w+)|(?<text>[^$]+)/y;

/** Lines with words on them; a quoted text or a backslash carries one on. @throws Error at what is not known here */
export function shellLines(script: string): ShellLine[] {
  const lines: { words: Part[][]; comment: string }[] = [{ words: [], comment: '' }];
  let isInWord = false;
  for (const { gap, end, comment, literal, quoted, bare } of tokens(TOKEN, script)) {
    const line = lines.at(-1)!;
    const parts = literal === undefined ? partsOf(quoted ?? bare) : [{ text: literal }];
    if (end !== undefined) lines.push({ words: [], comment: '' });
    else if (comment !== undefined) line.comment = comment;
    else if (gap === undefined && isInWord) line.words.at(-1)!.push(...parts);
    else if (gap === undefined) line.words.push(parts);
    isInWord = parts.length > 0;
  }
  return lines.filter(({ words }) => words.length > 0);
}

/** The words as a program would get them. @throws Error for a variable without a value */
export async function expanded({ words }: ShellLine, environment: ShellEnvironment): Promise<string[]> {
  const found: string[] = [];
  for (const parts of words) {
    let word = '';
    for (const part of parts) word += await valueOf(part, environment);
    found.push(word);
  }
  return found;
}

async function valueOf(part: Part, { variables, run }: ShellEnvironment): Promise<string> {
  if ('text' in part) return part.text;
  if ('command' in part) return run(part.command);
  const value = variables.get(part.variable);
  if (value === undefined) throw new Error(`$${part.variable} has no value yet.`);
  return value;
}

const partsOf = (text = ''): Part[] =>
  tokens(EXPANSION, text).map(({ command, variable, text: plain }) =>
    command !== undefined ? { command } : variable !== undefined ? { variable } : { text: plain! },
  );

function tokens(pattern: RegExp, text: string): Readonly<Record<string, string | undefined>>[] {
  const found: Readonly<Record<string, string | undefined>>[] = [];
  const sticky = new RegExp(pattern);
  while (sticky.lastIndex < text.length) {
    const from = sticky.lastIndex;
    const match = sticky.exec(text);
    if (!match) throw new Error(`This is more of a shell than is known here: ${text.slice(from, from + 60)}`);
    found.push(match.groups!);
  }
  return found;
}
