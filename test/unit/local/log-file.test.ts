import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from '../../../local/log-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('A log that cannot be written loses lines and nothing else, says so once, and goes on when it can', async () => {
  const file = path.join(dir, 'function.log');
  const warnings: string[] = [];
  const log = new LogFile(file, (message) => void warnings.push(message));
  mkdirSync(file);
  for (const line of ['lost', 'lost, too']) {
    log.append(`${line}\n`);
    await sleep(400);
  }
  expect(warnings).toEqual([
    expect.stringMatching(/^The log .*function\.log cannot be written, and lines are lost: EISDIR/),
  ]);

  rmdirSync(file);
  log.append('kept\n');
  await log.close();
  expect(readFileSync(file, 'utf8')).toBe('kept\n');
  expect(warnings).toHaveLength(1);
});

test('What is appended last is in the file once it is closed', async () => {
  const file = path.join(dir, 'function.log');
  const log = new LogFile(file, () => {});
  log.append('one\n');
  log.append('two\n');
  await log.close();
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});
