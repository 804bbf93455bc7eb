import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { arnOf, queueNamed, queues } from './queues.ts';

test('every message whose sending was answered outlives a kill -9', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqs-'));
  const file = join(folder, 'store.db');
  const sender = spawn(process.execPath, [fileURLToPath(new URL('./endless-sender.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of sender.stdout) {
    output += String(chunk);
    if (!sender.killed && output.includes('\n500\n')) sender.kill('SIGKILL');
  }
  if (sender.exitCode === null && sender.signalCode === null) await once(sender, 'exit');
  const answered = output.split('\n').length - 1;

  const store = new DatabaseSync(file);
  const { sqs } = queues([queueNamed('orders')], { store });
  const stored = sqs.receive(arnOf('orders'), answered + 10).map(({ body }) => Number(body));
  store.close();
  await rm(folder, { recursive: true });
  expect(answered).toBeGreaterThanOrEqual(500);
  expect(stored.slice(0, answered)).toEqual(Array.from({ length: answered }, (_, index) => index + 1));
});
