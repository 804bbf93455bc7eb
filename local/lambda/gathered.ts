import type { WorkerMessage, WorkerNews } from './protocol.ts';

/** How long lines are gathered: a message for each would wake the runtime's thread each time. */
const LOG_DELAY_MS = 50;
/** Readers of a table's stream wait for the report of a write. Most invocations end sooner. */
const REPORT_DELAY_MS = 20;

/** What a worker has written and what its shortcut has reported: sent with the next news, or soon while a handler waits for something. */
export class Gathered {
  readonly #post: (message: WorkerMessage) => void;
  #log = '';
  #reports: unknown[] = [];
  #timer: NodeJS.Timeout | undefined;
  #flushAt = 0;

  constructor(post: (message: WorkerMessage) => void) {
    this.#post = post;
  }

  write(chunk: string | Uint8Array): void {
    this.#log += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    this.#flushIn(LOG_DELAY_MS);
  }

  report(report: unknown): void {
    this.#reports.push(report);
    this.#flushIn(REPORT_DELAY_MS);
  }

  /** Sends the news, and with it everything that was gathered. */
  post(news: WorkerNews): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [log, reports] = [this.#log, this.#reports];
    this.#log = '';
    this.#reports = [];
    this.#post({ ...news, log, reports });
  }

  flush(): void {
    if (this.#log !== '' || this.#reports.length > 0) this.post({ kind: 'gathered' });
  }

  #flushIn(ms: number): void {
    const at = performance.now() + ms;
    if (this.#timer !== undefined && this.#flushAt <= at) return;
    clearTimeout(this.#timer);
    this.#flushAt = at;
    this.#timer = setTimeout(() => this.flush(), ms);
  }
}
