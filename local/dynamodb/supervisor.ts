import { setTimeout as sleep } from 'node:timers/promises';
import { present } from '../properties.ts';
import type { Engine } from './engine.ts';
import { EngineProcess } from './process.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export interface SupervisorOptions {
  /** The folder that holds the data: what one process has acknowledged, the next one has. */
  readonly dir: string;
  readonly warn: (message: string) => void;
}

/**
 * An engine that is started again, at the same address, whenever it ends by itself. Until it answers again, callers meet a
 * database that is away.
 */
export class EngineSupervisor {
  readonly engine: Engine;
  readonly #options: SupervisorOptions;
  readonly #closing = new AbortController();
  #process: EngineProcess | undefined;
  #restart: Promise<void> | undefined;

  private constructor(engine: Engine, options: SupervisorOptions) {
    this.engine = engine;
    this.#options = options;
  }

  /** @throws EngineUnavailable */
  static async start(engine: Engine, options: SupervisorOptions): Promise<EngineSupervisor> {
    const supervisor = new EngineSupervisor(engine, options);
    supervisor.#process = await supervisor.#launch();
    return supervisor;
  }

  get url(): string {
    return this.#process!.url;
  }

  /** Ends it for good. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#restart;
    await this.#process?.close();
  }

  #launch(port?: number): Promise<EngineProcess> {
    const { dir, warn } = this.#options;
    return EngineProcess.start(this.engine, {
      dir,
      ...present({ port }),
      onCrash: (output) => {
        warn(`${this.engine.title} ended unexpectedly and is being started again. It said: ${output}`);
        this.#restart = this.#startAgain();
      },
    });
  }

  async #startAgain(): Promise<void> {
    const { signal } = this.#closing;
    const port = Number(new URL(this.url).port);
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.#process = await this.#launch(port);
        return;
      } catch (error) {
        this.#options.warn(`${this.engine.title} cannot be started again yet: ${(error as Error).message}`);
      }
    }
  }
}
