/** A backup on disk: a file of items for each table, and a manifest that tells whether they are whole. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type Item, itemIn, lineOf } from './items.ts';

const MANIFEST = 'manifest.json';

export interface Manifest {
  /** ISO 8601, UTC. */
  readonly begunAt: string;
  readonly endedAt: string;
  /** By the readable part of its name: how many items its file has, and their SHA-256 (hex). */
  readonly tables: Readonly<Record<string, { readonly items: number; readonly sha256: string }>>;
}

/** @throws Error for a folder that has something in it */
export function newFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (readdirSync(folder).length === 0) return;
  throw new Error(`${folder} is not empty; expected a new folder, so that no other backup is mixed with this one.`);
}

/** Writes the items of one table. It is the owner's alone to read: orders have names and addresses. */
export async function writeItems(folder: string, table: string, items: AsyncIterable<Item>) {
  const file = createWriteStream(path.join(folder, `${table}.json`), { mode: 0o600 });
  const hash = createHash('sha256');
  let count = 0;
  for await (const item of items) {
    const line = `${lineOf(item)}\n`;
    hash.update(line);
    count += 1;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return { items: count, sha256: hash.digest('hex') };
}

export const writeManifest = (folder: string, manifest: Manifest): void =>
  writeFileSync(path.join(folder, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });

/** What the backup says of itself; undefined for exports of DynamoDB, which have a manifest of their own kind. */
export function manifestIn(folder: string): Manifest | undefined {
  const file = path.join(folder, MANIFEST);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : undefined;
}

/** The files of one table: `<table>.json`, or all files (`*.json`, `*.json.gz`) in the folder `<table>`, such as the `data` of an export. */
export function filesOf(folder: string, table: string): readonly string[] {
  const [single, many] = [path.join(folder, `${table}.json`), path.join(folder, table)];
  if (existsSync(single)) return [single];
  if (!existsSync(many)) return [];
  return readdirSync(many)
    .filter((name) => /\.json(\.gz)?$/.test(name))
    .sort()
    .map((name) => path.join(many, name));
}

/** @throws Error that names the file and the line for what is no item, and when the file is not what the manifest says */
export async function* itemsIn(file: string, sha256?: string): AsyncIterable<Item> {
  const hash = createHash('sha256');
  const raw = createReadStream(file);
  const text = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  let number = 0;
  for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    hash.update(`${line}\n`);
    try {
      if (line !== '') yield itemIn(line);
    } catch (error) {
      throw new Error(`${file}, line ${number}: ${(error as Error).message}`, { cause: error });
    }
  }
  if (sha256 !== undefined && hash.digest('hex') !== sha256) {
    throw new Error(`${file} is not the file that the backup was made with: its SHA-256 is another one.`);
  }
}
