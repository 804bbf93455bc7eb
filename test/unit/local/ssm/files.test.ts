import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NAME, systemsManager } from './parameters.ts';

let dataDir: string;
let file: string;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'ssm-'));
  file = path.join(dataDir, 'ssm/app/settings');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** A service whose files are watched. */
function watching(store?: Parameters<typeof systemsManager>[1]) {
  const made = systemsManager(dataDir, store);
  made.service.resume();
  return made;
}

describe('The file of a parameter', () => {
  test('has its newest value', async () => {
    const { put } = watching();
    await put('one');
    expect(readFileSync(file, 'utf8')).toBe('one');
    await put('two', { Overwrite: true });
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(path.dirname(file))).toEqual(['settings']);
  });

  test('makes the next version when a person edits it, as soon as it is found the same twice', async () => {
    const { put, get, clock, changes } = watching();
    await put('one');
    writeFileSync(file, 'tw');
    clock.advance(1_000);
    writeFileSync(file, 'two');
    clock.advance(1_000);
    expect(await get()).toBe('one');
    clock.advance(1_000);
    expect(await get()).toBe('two');
    clock.advance(5_000);
    expect(await get(`${NAME}:2`)).toBe('two');
    expect(changes.map(({ operation }) => operation)).toEqual(['Create', 'Update']);
  });

  test('makes the parameter when a person makes the file', async () => {
    const { put, get, clock } = watching();
    await put('one');
    writeFileSync(path.join(path.dirname(file), 'other'), 'new');
    clock.advance(2_000);
    expect(await get('/app/other')).toBe('new');
  });

  test('takes the parameter with it when a person deletes it', async () => {
    const { put, get, clock, changes } = watching();
    await put('one');
    rmSync(file);
    clock.advance(2_000);
    await expect(get()).rejects.toMatchObject({ code: 'ParameterNotFound' });
    expect(changes.at(-1)).toMatchObject({ operation: 'Delete' });
  });

  test('is looked at again after a restart: an edit meanwhile counts, and nothing else changes', async () => {
    const first = watching();
    await first.put('one');
    first.service.close();
    writeFileSync(file, 'two');
    const second = watching(first.store);
    second.clock.advance(5_000);
    expect(await second.get()).toBe('two');
    expect(await second.get(`${NAME}:2`)).toBe('two');
    await expect(second.get(`${NAME}:3`)).rejects.toMatchObject({ code: 'ParameterVersionNotFound' });
  });

  test('gets the value that a kill kept from it', async () => {
    const first = watching();
    await first.put('one');
    first.service.close();
    // As if the process had been killed between the second version and its file.
    const unwritten = systemsManager(undefined, first.store);
    await unwritten.put('two', { Overwrite: true });
    const second = watching(first.store);
    second.clock.advance(5_000);
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(await second.get()).toBe('two');
  });
});
