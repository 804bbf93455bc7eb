import { setTimeout as sleep } from 'node:timers/promises';
import { present } from '../properties.ts';
import { DynamoDbProcess, type DynamoDbProcessOptions } from './process.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export interface SupervisorOptions extends Pick<DynamoDbProcessOptions, 'heap'> {
  /** The folder that holds the data: what one process has acknowledged, the next one has. */
  readonly dir: string;
  readonly warn: (message: string) => void;
}

/**
 * DynamoDB Local that is started again, at the same address, whenever it ends by itself. Until it answers again, callers meet a
 * database that is away.
 */
export class DynamoDbSupervisor {
  readonly #options: SupervisorOptions;
  readonly #closing = new AbortController();
  #process: DynamoDbProcess | undefined;
  #restart: Promise<void> | undefined;

  private constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** @throws JavaUnavailable */
  static async start(options: SupervisorOptions): Promise<DynamoDbSupervisor> {
    const supervisor = new DynamoDbSupervisor(options);
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

  #launch(port?: number): Promise<DynamoDbProcess> {
    const { dir, heap, warn } = this.#options;
    return DynamoDbProcess.start({
      dir,
      ...present({ heap, port }),
      onCrash: (output) => {
        warn(`DynamoDB Local ended unexpectedly and is being started again. It said: ${output}`);
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
        this.#options.warn(`DynamoDB Local cannot be started again yet: ${(error as Error).message}`);
      }
    }
  }
}
