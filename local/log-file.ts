import { createWriteStream, type WriteStream } from 'node:fs';

/** How long lines are gathered: one write for each would cost the runtime's thread more than the rest of an invocation. */
const WRITE_EVERY_MS = 250;

/**
 * A file of log lines. What is appended is in the file a moment later. While the file cannot be written, as on a full disk, lines
 * are lost, and nothing else is.
 */
export class LogFile {
  readonly #path: string;
  readonly #warn: (message: string) => void;
  #stream: WriteStream | undefined;
  #unwritten = '';
  #timer: NodeJS.Timeout | undefined;
  #isFailing = false;

  /** @param warn told once when the file cannot be written, and again only after it could be */
  constructor(file: string, warn: (message: string) => void) {
    this.#path = file;
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
    this.#stream.write(this.#unwritten, (error) => {
      if (!error) this.#isFailing = false;
    });
    this.#unwritten = '';
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: 'a' });
    stream.on('error', (error) => {
      // A stream that has failed takes nothing more: the next lines try another one.
      this.#stream = undefined;
      if (!this.#isFailing) this.#warn(`The log ${this.#path} cannot be written, and lines are lost: ${error.message}`);
      this.#isFailing = true;
    });
    return stream;
  }
}
