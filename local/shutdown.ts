/** How long one step may take. What it waits for may end only when a later step stops it. */
const PATIENCE_MS = 2_500;

/** What was started, to be stopped in reverse. */
export class Shutdown {
  readonly #warn: (message: string) => void;
  readonly #steps: (() => Promise<void> | void)[] = [];
  #done: Promise<void> | undefined;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Call it as soon as the thing is started. Returns the thing. */
  add<Started extends { close?(): Promise<void> | void }>(started: Started): Started {
    this.#steps.push(() => started.close?.());
    return started;
  }

  /** Stops all, once, however often it is called. A step that fails, or takes long, does not keep the others from being stopped. */
  run(): Promise<void> {
    return (this.#done ??= this.#stopAll());
  }

  async #stopAll(): Promise<void> {
    for (const stop of this.#steps.reverse()) {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS);
      });
      try {
        await Promise.race([stop(), patience]);
      } catch (error) {
        this.#warn(
          `Something could not be stopped in order: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
