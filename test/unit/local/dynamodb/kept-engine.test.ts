import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../../../local/dynamodb/engine.ts';
import { keepEngine } from '../../../../local/dynamodb/kept-engine.ts';
import { damaged } from '../../../../local/storage-failure.ts';

const SERVER = `
  const { createServer } = require('node:http');
  let hangs = false;
  createServer((request, response) => {
    hangs ||= request.url === '/hang';
    if (hangs) return;
    if (request.url === '/die') process.stderr.write('out of memory', () => process.exit(1));
    else response.end('{}');
  }).listen(Number(process.argv[1]), '127.0.0.1');
`;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'waybill-kept-engine-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A program that answers anything; while the folder has a file `broken`, it ends at its start. */
const fakeEngine = (): Engine => ({
  name: 'dynoxide',
  title: 'The engine',
  region: 'here',
  isMadeForMemory: true,
  deletesExpired: true,
  correctedItemOperations: [],
  command: ({ port }) => [
    'sh',
    '-c',
    `if [ -e "${dir}/broken" ]; then echo "no room"; exit 1; fi; exec "$0" -e "$1" "$2"`,
    process.execPath,
    SERVER,
    String(port),
  ],
  headers: () => ({}),
  holdsData: () => true,
  repairStorage: () => {
    if (existsSync(join(dir, 'damaged'))) throw damaged('the.db', 'rubbish');
  },
  corrections: () => ({}),
});

/** Keeps it on a clock on which pauses take no time. */
async function keep(folder: string | undefined, options: { readonly silenceMs?: number } = {}) {
  const said: string[] = [];
  const pauses: number[] = [];
  const failure = Promise.withResolvers<string>();
  const again = Promise.withResolvers<void>();
  const kept = await keepEngine(fakeEngine(), {
    ...(folder !== undefined && { dir: folder }),
    warn: (message) => {
      said.push(message);
      if (message === 'The engine runs again.') again.resolve();
    },
    fail: ({ message }) => failure.resolve(message),
    ...options,
    time: { now: () => 0, sleep: async (ms) => void pauses.push(ms) },
  });
  const kill = (): Promise<unknown> => fetch(`${kept.url}/die`, { method: 'POST' }).catch(() => undefined);
  return { kept, said, pauses, kill, failed: failure.promise, isBack: again.promise };
}

test('An engine that dies is started again at its address, and both are said', async () => {
  const { kept, said, kill, isBack } = await keep(dir);
  await kill();
  await isBack;
  expect((await fetch(kept.url)).ok).toBe(true);
  expect(said).toEqual([
    'The engine ended unexpectedly and is being started again. It said: out of memory',
    'The engine runs again.',
  ]);
  await kept.close();
});

test('An engine that hangs is ended, and started again as one that died', async () => {
  const { kept, said, isBack } = await keep(dir, { silenceMs: 500 });
  await expect(fetch(`${kept.url}/hang`)).rejects.toThrow();
  await isBack;
  expect((await fetch(kept.url)).ok).toBe(true);
  expect(said).toEqual([
    'The engine ended unexpectedly and is being started again. It said: It did not answer for 0.5 seconds.',
    'The engine runs again.',
  ]);
  await kept.close();
});

test('An engine that cannot be started again is given up after more than a minute, with its last words, its folder and what to do', async () => {
  const { kept, said, kill, pauses, failed } = await keep(dir);
  writeFileSync(join(dir, 'broken'), '');
  await kill();
  expect(await failed).toBe(
    'The engine cannot be kept running: it was started 12 times in a row. It said: The engine does not start. It said: no room\n' +
      `The tables are in ${dir}, and nothing that was accepted is lost. Look whether disk and memory have room, then start again.`,
  );
  expect(pauses.reduce((sum, ms) => sum + ms)).toBeGreaterThan(60_000);
  expect(said).toHaveLength(2);
  await kept.close();
});

test('An engine whose file is damaged is given up at once, with the name of the file', async () => {
  const { kept, kill, pauses, failed } = await keep(dir);
  writeFileSync(join(dir, 'damaged'), '');
  await kill();
  expect(await failed).toMatch(/^The file the\.db is damaged: rubbish\. Nothing was changed\. Keep a copy/);
  expect(pauses).toHaveLength(1);
  await kept.close();
});

test('An engine in memory that dies has lost everything, and is given up at once', async () => {
  const { kept, pauses, kill, failed } = await keep(undefined);
  await kill();
  expect(await failed).toBe(
    'The engine ended unexpectedly, and with it all data, which was in memory. It said: out of memory',
  );
  expect(pauses).toEqual([]);
  await kept.close();
});
