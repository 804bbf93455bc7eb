import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openStore } from './store.ts';

const OWNER_ONLY = 0o700;
const STICKY = 0o1000;

/**
 * A folder for all data of one runtime. Nothing in it is changed before this process holds it, and only the owner may enter it.
 * A program that has data of its own in the folder opens it before it touches them, and closes it last.
 */
export class DataFolder {
  readonly path: string;
  readonly store: DatabaseSync;

  /** @throws Error when another process holds the folder, everybody shares it, or its store is damaged */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: OWNER_ONLY });
    if (statSync(folder).mode & STICKY) {
      throw new Error(`The folder ${folder} is one that everybody shares. Set WAYBILL_DATA to a folder of your own.`);
    }
    this.path = folder;
    this.store = openStore(folder);
    try {
      closeToOthers(folder);
    } catch (error) {
      this.store.close();
      throw error;
    }
  }

  /** From then on another process can have the folder. */
  close(): void {
    this.store.close();
  }
}

/** An earlier version, or a person, may have made folders and files that others may read. */
function closeToOthers(entry: string): void {
  const stats = lstatSync(entry);
  if (stats.isSymbolicLink()) return;
  const wanted = stats.mode & OWNER_ONLY;
  if ((stats.mode & 0o777) !== wanted) chmodSync(entry, wanted);
  if (stats.isDirectory()) for (const name of readdirSync(entry)) closeToOthers(path.join(entry, name));
}
