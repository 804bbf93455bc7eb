/**
 * Clients that send one kind of request again and again for some time, in a thread of their own, so that they and the platform
 * do not wait for each other. Runs as a worker.
 */
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

/** Resolves when the time is over and each client has its last answer. */
export const sendLoad = (options: LoadOptions): Promise<Load> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: options });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

async function run({ url, requests, everyMs, durationMs }: LoadOptions): Promise<Load> {
  const pool = new Pool(url, { connections: requests.length });
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
  await pool.close();
  return { statuses, latenciesMs, seconds: (performance.now() - begin) / 1_000 };
}

if (parentPort) parentPort.postMessage(await run(workerData as LoadOptions));
