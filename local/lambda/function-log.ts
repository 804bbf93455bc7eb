import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** How long lines are gathered: one write for each would cost the runtime's thread more than the rest of an invocation. */
const WRITE_EVERY_MS = 250;

/** The log file of one function. What is appended is in the file a moment later. */
export class FunctionLog {
  readonly #path: string;
  readonly #warn: (message: string) => void;
  #stream: WriteStream | undefined;
  #unwritten = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(logDir: string, functionName: string, warn: (message: string) => void) {
    this.#path = join(logDir, `${functionName}.log`);
    this.#warn = warn;
  }

  append(text: string): void {
    this.#unwritten += text;
    this.#timer ??= setTimeout(() => this.#write(), WRITE_EVERY_MS);
  }

  /** Resolves when everything appended is in the file, or cannot be. */
  async close(): Promise<void> {
    this.#write();
    const stream = this.#stream;
    if (stream === undefined || stream.destroyed) return;
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
      stream.end();
    });
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#unwritten === '') return;
    this.#stream ??= this.#open();
    this.#stream.write(this.#unwritten);
    this.#unwritten = '';
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: 'a' });
    stream.on('error', (error) => this.#warn(`The log ${this.#path} cannot be written: ${error.message}`));
    return stream;
  }
}
