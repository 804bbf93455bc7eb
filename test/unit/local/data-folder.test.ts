import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolder } from '../../../local/data-folder.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const modeOf = (...names: string[]): string => (statSync(path.join(dir, ...names)).mode & 0o777).toString(8);

test('A new data folder is its owner’s alone, with all that is in it', () => {
  const folder = new DataFolder(path.join(dir, 'data'));
  expect([modeOf('data'), modeOf('data', 'runtime.db'), modeOf('data', 'runtime.pid')]).toEqual(['700', '600', '600']);
  folder.close();
});

test('A folder that others could read becomes its owner’s alone; what links lead to is left alone', () => {
  const elsewhere = path.join(dir, 'elsewhere');
  writeFileSync(elsewhere, '');
  chmodSync(elsewhere, 0o666);
  const data = path.join(dir, 'data');
  mkdirSync(path.join(data, 'logs'), { recursive: true });
  for (const name of ['', 'logs']) chmodSync(path.join(data, name), 0o755);
  writeFileSync(path.join(data, 'logs', 'a.log'), '');
  chmodSync(path.join(data, 'logs', 'a.log'), 0o664);
  symlinkSync(elsewhere, path.join(data, 'link'));
  new DataFolder(data).close();
  expect([modeOf('data'), modeOf('data', 'logs'), modeOf('data', 'logs', 'a.log')]).toEqual(['700', '700', '600']);
  expect(modeOf('elsewhere')).toBe('666');
});

test('A folder that another one holds is refused before anything in it changes', () => {
  const holder = new DataFolder(dir);
  writeFileSync(path.join(dir, 'later'), '');
  chmodSync(path.join(dir, 'later'), 0o644);
  expect(() => new DataFolder(dir)).toThrow(`The data folder ${dir} is in use by process ${process.pid}`);
  expect(modeOf('later')).toBe('644');
  holder.close();
});

test('A folder that everybody shares is refused', () => {
  chmodSync(dir, 0o1777);
  expect(() => new DataFolder(dir)).toThrow(`The folder ${dir} is one that everybody shares`);
  expect(existsSync(path.join(dir, 'runtime.db'))).toBe(false);
});
