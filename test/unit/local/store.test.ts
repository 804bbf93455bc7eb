import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, transaction } from '../../../local/store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('A data folder belongs to one runtime at a time; the refusal names the process that holds it', () => {
  const first = openStore(dir);
  expect(() => openStore(dir)).toThrow(
    `The data folder ${dir} is in use by process ${process.pid}. Stop that instance, or set WAYBILL_DATA`,
  );
  first.close();
  openStore(dir).close();
});

test('What is committed, and the folder itself, outlive a process that is killed', () => {
  const store = path.resolve('local/store.ts');
  const program = `
    import { openStore } from ${JSON.stringify(store)};
    const store = openStore(${JSON.stringify(dir)});
    store.exec("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('kept')");
    process.kill(process.pid, 'SIGKILL');`;
  const { signal } = spawnSync(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    program,
  ]);
  expect(signal).toBe('SIGKILL');

  const reopened = openStore(dir);
  expect(reopened.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'kept' }]);
  reopened.close();
});

test('Without a folder it is in memory, and each is its own', () => {
  const [one, other] = [openStore(undefined), openStore(undefined)];
  one.exec('CREATE TABLE notes (text TEXT)');
  expect(() => other.prepare('SELECT * FROM notes')).toThrow('no such table');
  one.close();
  other.close();
});

test('A transaction that throws leaves nothing behind, also of the ones inside it', () => {
  const store = openStore(undefined);
  store.exec('CREATE TABLE notes (text TEXT)');
  const note = (text: string) => store.prepare('INSERT INTO notes VALUES (?)').run(text);
  transaction(store, () => void note('kept'));
  const failing = () =>
    transaction(store, () => {
      transaction(store, () => void note('inner'));
      throw new Error('stop');
    });
  expect(failing).toThrow('stop');
  expect(store.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'kept' }]);
});

test.each([
  ['is no database at all', Buffer.from('hello '.repeat(2_000))],
  ['lacks a part', undefined],
])('A store that %s is refused by its name, and left as it is', (_, content) => {
  const file = path.join(dir, 'runtime.db');
  const store = openStore(dir);
  store.exec(`CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('${'x'.repeat(20_000)}')`);
  store.close();
  const damaged = content ?? readFileSync(file).fill(0xff, 4_096);
  writeFileSync(file, damaged);
  expect(() => openStore(dir)).toThrow(`The file ${file} is damaged: `);
  expect(readFileSync(file).equals(damaged)).toBe(true);
});

test('A full disk is named, and the store goes on when there is room', () => {
  const store = openStore(dir);
  store.exec('CREATE TABLE notes (text TEXT); PRAGMA max_page_count = 8');
  const write = () =>
    transaction(store, () => void store.prepare('INSERT INTO notes VALUES (?)').run('x'.repeat(50_000)));
  expect(write).toThrow(`The disk is full: ${path.join(dir, 'runtime.db')} cannot be written`);
  store.exec('PRAGMA max_page_count = 1000');
  write();
  expect(store.prepare('SELECT count(*) AS count FROM notes').get()).toEqual({ count: 1 });
  store.close();
});
