/** Ctrl-C reaches every process of a terminal at once; a partner with a parent program must not end before its parent. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

/** Much longer than a partner needs to end. */
const LONG_ENOUGH_TO_END_MS = 300;

const cleanUp: (() => void)[] = [];
afterEach(() => cleanUp.splice(0).forEach((end) => end()));

test.each(['payment-gateway', 'carrier', 'identity-provider'])(
  'The %s leaves Ctrl-C and the end of its process group to its parent program, and ends together with it',
  async (name) => {
    const main = path.join(import.meta.dirname, '../../../partners', name, 'main.ts');
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, PORT: '0', EXIT_WITH_PARENT: '1' },
    });
    cleanUp.push(() => child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { listening } = JSON.parse(line) as { listening: string };

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) child.kill(signal);
    await sleep(LONG_ENOUGH_TO_END_MS);
    expect((await fetch(`${listening}/health`)).status).toBe(200);
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  },
);
