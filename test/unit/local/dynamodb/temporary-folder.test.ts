import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../../local/dynamodb/temporary-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'temporary-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

/** A folder with data that an engine of this process has left. */
function left(name: string): string {
  mkdirSync(path.join(parent, name));
  writeFileSync(path.join(parent, name, 'dynoxide.db'), 'data');
  return name;
}

test('A folder for data in passing is new and empty, and says whose it is', () => {
  const folder = temporaryFolder('dynoxide', parent);
  expect(path.basename(folder)).toMatch(new RegExp(`^dynoxide-${process.pid}-\\w+$`));
  expect(readdirSync(folder)).toEqual([]);
});

test('It removes the folders of processes that no longer live, and leaves all others', () => {
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  left(`dynoxide-${ended}-abc`);
  const kept = [
    left(`dynoxide-${process.pid}-abc`),
    left('dynoxide-1-abc'),
    left(`other-${ended}-abc`),
    left('dynoxide-unowned'),
  ];
  const made = path.basename(temporaryFolder('dynoxide', parent));
  expect(readdirSync(parent).sort()).toEqual([...kept, made].sort());
});
