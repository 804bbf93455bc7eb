/** A platform in processes of its own, as `npm start` starts it, and clients of it in this process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal, OrdersClient } from '../launch/clients/orders-client.ts';
import { orderBody } from './order-body.ts';

/** How often a client asks whether its order has ended. */
const POLL_MS = 100;

export interface StartedPlatform {
  readonly pid: number;
  readonly readySeconds: number;
  /** Places an order, and resolves when it has ended as it should to the milliseconds that this took. */
  readonly placeAndFinish: () => Promise<number>;
  close(): Promise<void>;
}

/** Starts the platform whose source is in `root` with an empty data folder. Expects that it has been built. */
export async function startFrom(root: string): Promise<StartedPlatform> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'waybill-bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'bin', 'bootstrap.mjs'), 'launch/platform/start.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', WAYBILL_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (output.includes('Stop with Ctrl-C')) return;
      output += chunk.toString();
      if (output.includes('Stop with Ctrl-C')) resolve();
    });
    child.once('exit', () => reject(new Error(`The platform ended before it was ready:\n${output}`)));
  });
  const readySeconds = (performance.now() - started) / 1_000;
  const { url } = JSON.parse(readFileSync(path.join(dataDir, 'instance.json'), 'utf8')) as { url: string };
  return {
    pid: onlyChildOf(child.pid!),
    readySeconds,
    placeAndFinish: ordersAt(url),
    async close() {
      child.kill('SIGINT');
      await exited;
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The runtime is the one process that the bootstrap starts. Linux only. */
const onlyChildOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim());

/** Enough customers that none comes near the rate limit of one caller. */
const CUSTOMERS = 32;

export function ordersAt(url: string): () => Promise<number> {
  const client = new OrdersClient(url);
  let placed = 0;
  return async () => {
    const begin = performance.now();
    placed += 1;
    const [body, key] = [orderBody(`C-BENCH-${placed % CUSTOMERS}`), `bench-${begin}-${placed}`];
    // A busy machine may have no answer in time; then a client sends the same again.
    const orderId = await client.place(body, key).catch(() => client.place(body, key));
    for (;;) {
      await sleep(POLL_MS);
      const order = await client.get(orderId);
      if (!isFinal(order)) continue;
      if (order.status !== 'processing') throw new Error(`Order ${orderId} ended ${order.status} (${order.reason}).`);
      return performance.now() - begin;
    }
  };
}
