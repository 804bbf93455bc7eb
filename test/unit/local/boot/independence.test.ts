import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boot, type Runtime } from '../../../../local/boot.ts';
import { writeApp } from './app.ts';

let dir: string;
let runtime: Runtime | undefined;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'boot-'));
});
afterEach(async () => {
  await runtime?.close();
  runtime = undefined;
  rmSync(dir, { recursive: true });
});

const start = (port = 0) =>
  boot({
    assemblyDir: path.join(dir, 'cdk.out'),
    port,
    parameters: { Greeting: 'Hello' },
    logDir: path.join(dir, 'logs'),
  });

/** The commands of this process's children that run the database, or the shell that watches it. */
const children = () =>
  spawnSync('ps', ['-A', '-o', 'ppid=,command='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => Number(line.trim().split(' ')[0]) === process.pid && /java|dynoxide/.test(line));

function synthesize(): void {
  const written = mkdtempSync(path.join(dir, 'synthesis-'));
  writeApp(written);
  cpSync(written, path.join(dir, 'cdk.out'), { recursive: true });
}

test('The database is a child process that ends with the runtime', async () => {
  synthesize();
  const before = children();
  runtime = await start();
  expect(children()).not.toEqual(before);
  await runtime.close();
  expect(children()).toEqual(before);
});

test('A function that is called for the first time after the assembly was deleted still runs', async () => {
  synthesize();
  runtime = await start();
  rmSync(path.join(dir, 'cdk.out'), { recursive: true });
  const answer = await fetch(`${runtime.url}/jobs/unknown`);
  expect(answer.status).toBe(404);
});

test('A start that fails at its end leaves no child process', async () => {
  synthesize();
  const before = children();
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  try {
    await expect(start((other.address() as AddressInfo).port)).rejects.toThrow(/in use/);
    expect(children()).toEqual(before);
  } finally {
    other.close();
  }
});
