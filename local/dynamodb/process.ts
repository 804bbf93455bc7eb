import { mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { present } from '../properties.ts';
import { Child } from './child.ts';
import type { Engine } from './engine.ts';
import { temporaryFolder } from './temporary-folder.ts';

const START_TIMEOUT_MS = 30_000;
const POLL_EVERY_MS = 15;
/** Another process may take the free port before the engine does. */
const PORT_ATTEMPTS = 3;

export interface EngineProcessOptions {
  /** The folder that holds the data; made when it is missing. @default data in memory, gone at the end */
  readonly dir?: string;
  /** The port on which it answers. @default a free one */
  readonly port?: number;
  /** Called when the engine ends by itself; `output` is the end of what it wrote. */
  readonly onCrash?: (output: string) => void;
  /** An engine that answers nothing for so long is ended, and has then ended by itself. @default it may hang for ever */
  readonly silenceMs?: number;
}

/** An engine as a child process. It never outlives this process, however this one ends. */
export class EngineProcess {
  readonly engine: Engine;
  /** Where it answers, such as `http://127.0.0.1:34567`. */
  readonly url: string;
  readonly #child: Child;
  readonly #cleanUp: () => void;

  private constructor(engine: Engine, url: string, child: Child, cleanUp: () => void) {
    this.engine = engine;
    this.url = url;
    this.#child = child;
    this.#cleanUp = cleanUp;
  }

  /** Resolves when it answers requests. @throws EngineUnavailable */
  static async start(engine: Engine, options: EngineProcessOptions = {}): Promise<EngineProcess> {
    const temporary = options.dir === undefined && !engine.isMadeForMemory;
    const dir = temporary ? temporaryFolder(engine.name) : options.dir;
    const cleanUp = (): void => {
      if (temporary) rmSync(dir!, { recursive: true, force: true });
    };
    try {
      if (dir !== undefined) await prepare(engine, dir, options.port);
      const { url, child } = await launch(engine, { ...options, ...present({ dir }) });
      void child.ended.then(() => {
        if (!child.closing) options.onCrash?.(child.output);
      });
      if (options.silenceMs !== undefined) void endWhenSilent(engine, url, child, options.silenceMs);
      return new EngineProcess(engine, url, child, cleanUp);
    } catch (error) {
      cleanUp();
      throw error;
    }
  }

  /** Ends it in order, or by force when that takes longer than 2 seconds. */
  async close(): Promise<void> {
    await this.#child.close();
    this.#cleanUp();
  }
}

/**
 * The tables to be repaired exist only after a start, and the file must be repaired while the engine is stopped. A second start
 * costs some time once; a repair at the next run would leave the whole first run slow.
 */
async function prepare(engine: Engine, dir: string, port?: number): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!engine.holdsData(dir)) await (await launch(engine, { dir, ...present({ port }) })).child.close();
  engine.repairStorage(dir);
}

async function launch(
  engine: Engine,
  { port: wanted, dir }: Pick<EngineProcessOptions, 'port' | 'dir'>,
): Promise<{ readonly url: string; readonly child: Child }> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await freePort());
    const child = new Child(engine.command({ port, ...present({ dir }) }));
    const url = `http://127.0.0.1:${port}`;
    if (await answers(engine, child, url)) return { url, child };
    await child.close();
    if (wanted !== undefined || attempt === PORT_ATTEMPTS) {
      throw new Error(`${engine.title} does not start. It said: ${child.output.trim() || 'nothing'}`);
    }
  }
}

/** False when it ends instead, or does not answer in time. */
async function answers(engine: Engine, child: Child, url: string): Promise<boolean> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (child.isAlive && performance.now() < deadline) {
    if (await listTables(engine, url)) return child.isAlive;
    await sleep(POLL_EVERY_MS);
  }
  return false;
}

async function endWhenSilent(engine: Engine, url: string, child: Child, silenceMs: number): Promise<void> {
  while (child.isAlive && !child.closing) {
    await sleep(silenceMs / 4, undefined, { ref: false });
    if (await isSilent(engine, url, silenceMs)) child.kill(`It did not answer for ${silenceMs / 1_000} seconds.`);
  }
}

/** A refusal is an answer, and an engine that is gone is no silent one. */
async function isSilent(engine: Engine, url: string, silenceMs: number): Promise<boolean> {
  try {
    await (await ask(engine, url, AbortSignal.timeout(silenceMs))).arrayBuffer();
    return false;
  } catch (error) {
    return (error as Error).name === 'TimeoutError';
  }
}

/** The first request also makes the database file, and so must come before anything else looks at it. */
async function listTables(engine: Engine, url: string): Promise<boolean> {
  try {
    const answer = await ask(engine, url);
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

const ask = (engine: Engine, url: string, signal?: AbortSignal): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: engine.headers('DynamoDB_20120810.ListTables'),
    body: '{}',
    ...present({ signal }),
  });
