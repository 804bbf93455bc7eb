import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** The log file of one function. Writes are asynchronous, and those made while one is under way go out together. */
export class FunctionLog {
  readonly #path: string;
  readonly #warn: (message: string) => void;
  #stream: WriteStream | undefined;

  constructor(logDir: string, functionName: string, warn: (message: string) => void) {
    this.#path = join(logDir, `${functionName}.log`);
    this.#warn = warn;
  }

  append(text: string): void {
    this.#stream ??= this.#open();
    this.#stream.write(text);
  }

  /** Resolves when everything appended is in the file, or cannot be. */
  async close(): Promise<void> {
    const stream = this.#stream;
    if (stream === undefined || stream.destroyed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.end();
    });
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: 'a' });
    stream.on('error', (error) => this.#warn(`The log ${this.#path} cannot be written: ${error.message}`));
    return stream;
  }
}
