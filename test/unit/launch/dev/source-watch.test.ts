import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SourceWatch } from '../../../../launch/dev/source-watch.ts';

let root: string;
let watching: SourceWatch;
const awaited = new Map<string, () => void>();
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'source-watch-'));
  mkdirSync(path.join(root, 'functions/orders'), { recursive: true });
  writeFileSync(path.join(root, 'functions/orders/a.ts'), 'one');
  watching = new SourceWatch(root, ['functions'], (file) => awaited.get(file)?.());
});
afterEach(() => {
  watching.close();
  rmSync(root, { recursive: true });
});

const change = (file: string, act: (file: string) => void): Promise<boolean> =>
  new Promise((resolve) => {
    awaited.set(file, () => resolve(true));
    act(path.join(root, file));
  });
const write = (file: string) => writeFileSync(file, 'two');
/** As many editors do. */
const replace = (file: string) => {
  writeFileSync(`${file}.draft`, 'two');
  renameSync(`${file}.draft`, file);
};

test('A file is seen when it is written, replaced, written after that, and deleted', async () => {
  const file = 'functions/orders/a.ts';
  const seen: boolean[] = [];
  for (const act of [write, replace, write, rmSync]) seen.push(await change(file, act));
  expect(seen).toEqual([true, true, true, true]);
});

test('Files beside the folders are seen, and those in folders that are made later', async () => {
  const added = 'functions/payments/adapters/new.ts';
  const seen = [await change('cdk.json', write)];
  seen.push(
    await change(added, (file) => {
      mkdirSync(path.dirname(file), { recursive: true });
      write(file);
    }),
  );
  seen.push(await change(added, write));
  expect(seen).toEqual([true, true, true]);
});
