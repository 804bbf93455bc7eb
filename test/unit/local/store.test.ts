import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
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
