import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** A process that has run for so long has started well: its next end is a new trouble. */
const STEADY_MS = 10_000;

export interface KeepingOptions<Process> {
  /** What messages call it, at the beginning of a sentence. */
  readonly name: string;
  /**
   * Starts it, at the address of the previous one when there was one.
   * @param ended to be called when it ends by itself after that, with the end of its output
   */
  readonly start: (ended: (output: string) => void, previous: Process | undefined) => Promise<Process>;
  readonly warn: (message: string) => void;
  /** How often in a row it is started again. @default without end */
  readonly attempts?: number;
  /** Whether one more start is of no use after such an error. @default never */
  readonly isFinal?: (error: unknown) => boolean;
  /** Called instead of one more start, with what to tell the person. */
  readonly giveUp?: (reason: Error) => void;
  /** @default the machine's */
  readonly time?: { now(): number; sleep(ms: number, signal: AbortSignal): Promise<unknown> };
}

const MACHINE_TIME = {
  now: () => performance.now(),
  sleep: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** A process that is started again whenever it ends by itself, after a pause that grows while it ends again and again. */
export class KeptProcess<Process extends { close(): Promise<void> }> {
  readonly #options: KeepingOptions<Process>;
  readonly #time: NonNullable<KeepingOptions<Process>['time']>;
  readonly #closing = new AbortController();
  #process: Process | undefined;
  #startedAt = 0;
  #failures = 0;
  #restart: Promise<void> | undefined;

  private constructor(options: KeepingOptions<Process>) {
    this.#options = options;
    this.#time = options.time ?? MACHINE_TIME;
  }

  /** Rejects as `options.start` does when it cannot be started the first time. */
  static async start<Process extends { close(): Promise<void> }>(
    options: KeepingOptions<Process>,
  ): Promise<KeptProcess<Process>> {
    const kept = new KeptProcess(options);
    await kept.#launch();
    return kept;
  }

  /** The one that runs, or that ran last. */
  get current(): Process {
    return this.#process!;
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#restart;
    await this.#process?.close();
  }

  async #launch(): Promise<void> {
    this.#process = await this.#options.start((output) => this.#onEnd(output), this.#process);
    this.#startedAt = this.#time.now();
  }

  #onEnd(output: string): void {
    if (this.#closing.signal.aborted) return;
    if (this.#time.now() - this.#startedAt >= STEADY_MS) this.#failures = 0;
    this.#fail(`ended unexpectedly and is being started again. It said: ${output.trim() || 'nothing'}`);
    this.#restart = this.#startAgain(output);
  }

  async #startAgain(lastWords: string): Promise<void> {
    const { name, attempts = Number.POSITIVE_INFINITY, isFinal = () => false, giveUp, warn } = this.#options;
    const { signal } = this.#closing;
    for (let words = lastWords; ; ) {
      if (this.#failures > attempts) {
        giveUp?.(
          new Error(`${name} cannot be kept running: it was started ${attempts} times in a row. It said: ${words}`),
        );
        return;
      }
      await this.#time.sleep(Math.min(FIRST_PAUSE_MS * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS), signal);
      if (signal.aborted) return;
      try {
        await this.#launch();
        if (this.#failures === 1) warn(`${name} runs again.`);
        return;
      } catch (error) {
        if (isFinal(error)) {
          giveUp?.(error as Error);
          return;
        }
        words = (error as Error).message;
        this.#fail(`cannot be started: ${words}`);
      }
    }
  }

  /** Says the first trouble and that it comes again, and nothing of the same trouble afterwards. */
  #fail(trouble: string): void {
    this.#failures += 1;
    const { name, warn } = this.#options;
    if (this.#failures === 1) warn(`${name} ${trouble}`);
    if (this.#failures === 2) warn(`${name} ${trouble} It is tried again, with longer and longer pauses.`);
  }
}
