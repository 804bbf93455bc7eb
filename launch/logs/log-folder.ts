import { createReadStream, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { functionNameOf, type LogLine, parseLogLine } from './log-line.ts';

const NEWLINE = 10;

/** The logs of all functions of an instance, which grow while they are read. */
export class LogFolder {
  readonly #dir: string;
  /** Bytes that were read of each file. */
  readonly #positions = new Map<string, number>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** What is in the logs by now counts as read. */
  static fromNow(dir: string): LogFolder {
    const folder = new LogFolder(dir);
    for (const file of folder.#files()) folder.#positions.set(file, statSync(file).size);
    return folder;
  }

  /** The structured lines that were added since the last call, file by file; a line that is not complete comes with the next one. */
  async *added(isWanted: (text: string) => boolean): AsyncGenerator<LogLine> {
    for (const file of this.#files()) {
      const functionName = functionNameOf(file);
      for await (const text of this.#addedTo(file)) {
        const line = isWanted(text) ? parseLogLine(text, functionName) : undefined;
        if (line !== undefined) yield line;
      }
    }
  }

  #files(): string[] {
    return readdirSync(this.#dir)
      .filter((name) => name.endsWith('.log') && !name.startsWith('partner-'))
      .map((name) => path.join(this.#dir, name));
  }

  async *#addedTo(file: string): AsyncGenerator<string> {
    const known = this.#positions.get(file) ?? 0;
    const { size } = statSync(file);
    // A file that somebody has emptied begins again.
    const start = size < known ? 0 : known;
    if (size === start) return;
    let position = start;
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of createReadStream(file, { start, end: size - 1 })) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE)) {
        yield rest.subarray(0, end).toString();
        rest = rest.subarray(end + 1);
        position += end + 1;
      }
    }
    this.#positions.set(file, position);
  }
}
