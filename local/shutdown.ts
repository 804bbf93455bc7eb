/** What was started, to be stopped in reverse. */
export class Shutdown {
  readonly #warn: (message: string) => void;
  readonly #steps: (() => Promise<void> | void)[] = [];
  #done: Promise<void> | undefined;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Call it as soon as the thing is started. Returns the thing. */
  add<Started extends { close(): Promise<void> | void }>(started: Started): Started {
    this.#steps.push(() => started.close());
    return started;
  }

  /** Stops all, once, however often it is called. One that cannot be stopped does not keep the others running. */
  run(): Promise<void> {
    return (this.#done ??= this.#stopAll());
  }

  async #stopAll(): Promise<void> {
    for (const stop of this.#steps.reverse()) {
      try {
        await stop();
      } catch (error) {
        this.#warn(`Something could not be stopped in order: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  }
}
