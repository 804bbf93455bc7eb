import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import path from 'node:path';

/**
 * Watches folders with all that is in them, and the files beside them. Each folder is watched by itself: Node's own recursive watching loses
 * files on Linux that an editor replaces.
 */
export class SourceWatch {
  readonly #root: string;
  readonly #onChange: (file: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();

  /** @param onChange gets paths relative to `root`, with slashes */
  constructor(root: string, folders: readonly string[], onChange: (file: string) => void) {
    this.#root = root;
    this.#onChange = onChange;
    this.#watch('', (file) => this.#onChange(file));
    for (const folder of folders) for (const found of foldersBelow(root, folder)) this.#watchFolder(found);
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #watchFolder(folder: string): void {
    if (this.#watchers.has(folder)) return;
    this.#watch(folder, (file) => {
      this.#onChange(file);
      if (isFolder(path.join(this.#root, file))) this.#watchNew(file);
      else this.#forget(file);
    });
  }

  /** What is in it may be older than the watching. */
  #watchNew(folder: string): void {
    for (const found of foldersBelow(this.#root, folder)) {
      this.#watchFolder(found);
      for (const { name } of entriesOf(path.join(this.#root, found))) this.#onChange(path.posix.join(found, name));
    }
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #watch(folder: string, onChange: (file: string) => void): void {
    const watcher = watch(path.join(this.#root, folder), (_, name) => {
      if (name !== null) onChange(path.posix.join(folder, name));
    });
    // A folder that is deleted is no longer watched.
    watcher.on('error', () => this.#forget(folder));
    this.#watchers.set(folder, watcher);
  }
}

function foldersBelow(root: string, folder: string): string[] {
  const inside = entriesOf(path.join(root, folder)).filter((entry) => entry.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersBelow(root, path.posix.join(folder, name)))];
}

/** None when the folder is gone again. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
