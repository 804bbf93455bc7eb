import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFolder } from '../../../../launch/logs/log-folder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'logs-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const text = (message: string) => JSON.stringify({ level: 'INFO', message, timestamp: '2026-11-27T04:13:17.204Z' });
const write = (name: string, content: string) => appendFileSync(path.join(dir, name), content);

async function added(folder: LogFolder, isWanted = (_: string) => true): Promise<string[]> {
  const lines = [];
  for await (const { functionName, message } of folder.added(isWanted)) lines.push(`${functionName}: ${message}`);
  return lines.sort();
}

test('The lines of all functions are read, and none of partners', async () => {
  write('App-MakeTea0A1B2C3D.log', `START RequestId: 1\n${text('made')}\n`);
  write('App-ServeTea0A1B2C3D.log', `${text('served')}\n${text('other')}\n`);
  write('partner-kettle.log', `${text('hot')}\n`);
  const wanted = (line: string) => !line.includes('other');
  expect(await added(new LogFolder(dir), wanted)).toEqual(['make-tea: made', 'serve-tea: served']);
});

test('What is added comes once, a line when it is complete, from new files too', async () => {
  const folder = new LogFolder(dir);
  write('one.log', `${text('é1')}\n${text('é2').slice(0, 20)}`);
  expect(await added(folder)).toEqual(['one: é1']);
  expect(await added(folder)).toEqual([]);
  write('one.log', `${text('é2').slice(20)}\n`);
  write('two.log', `${text('new')}\n`);
  expect(await added(folder)).toEqual(['one: é2', 'two: new']);
});

test('A file that was emptied is read from its beginning again', async () => {
  const folder = new LogFolder(dir);
  write('one.log', `${text('long enough')}\n`);
  await added(folder);
  writeFileSync(path.join(dir, 'one.log'), `${text('x')}\n`);
  expect(await added(folder)).toEqual(['one: x']);
});
