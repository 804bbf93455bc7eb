/**
 * Clients that send one kind of request again and again for some time, in a thread of their own, so that they and the platform
 * do not wait for each other. Runs as a worker.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { Pool } from 'undici';

export interface LoadOptions {
  /** On 127.0.0.1. */
  readonly url: string;
  /** One for each client. */
  readonly requests: readonly { readonly path: string; readonly authorization: string }[];
  /** A client begins its next request so many milliseconds after the last one, or when that has been answered. */
  readonly everyMs: number;
  readonly durationMs: number;
}

export interface Load {
  /** How many answers have each status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Of each request, in milliseconds. */
  readonly latenciesMs: readonly number[];
  readonly seconds: number;
}

/** Sends the load; resolves when the time is over and each client has its last answer. */
export type ReadyClients = () => Promise<Load>;

/** Resolves when the thread has started and each client is connected: what is measured afterwards is requests alone. */
export async function readyClients(options: LoadOptions): Promise<ReadyClients> {
  const worker = new Worker(new URL(import.meta.url), { workerData: options });
  await once(worker, 'message');
  return async () => {
    worker.postMessage('go');
    const [load] = (await once(worker, 'message')) as [Load];
    return load;
  };
}

/** Each client has a connection of its own. The API has nothing at `/`, and answers so without a function. */
async function connect(pool: Pool, clients: number): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const { body } = await pool.request({ method: 'GET', path: '/' });
      await body.dump();
    }),
  );
}

async function send(pool: Pool, { requests, everyMs, durationMs }: LoadOptions): Promise<Load> {
  const statuses: Record<number, number> = {};
  const latenciesMs: number[] = [];
  const begin = performance.now();
  await Promise.all(
    requests.map(async ({ path, authorization }, index) => {
      await sleep((index / requests.length) * everyMs);
      while (performance.now() - begin < durationMs) {
        const sent = performance.now();
        const { statusCode, body } = await pool.request({ method: 'GET', path, headers: { authorization } });
        await body.dump();
        const took = performance.now() - sent;
        statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
        latenciesMs.push(took);
        if (took < everyMs) await sleep(everyMs - took);
      }
    }),
  );
  return { statuses, latenciesMs, seconds: (performance.now() - begin) / 1_000 };
}

if (parentPort) {
  const options = workerData as LoadOptions;
  const pool = new Pool(options.url, { connections: options.requests.length });
  await connect(pool, options.requests.length);
  parentPort.postMessage('ready');
  await once(parentPort, 'message');
  parentPort.postMessage(await send(pool, options));
  await pool.close();
}
