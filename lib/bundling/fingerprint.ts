import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * One hash over the contents and names of files, and of all files under folders, relative to `root`. Equal hashes mean
 * equal inputs, whatever the clock of the file system says. `salt` adds what is not a file, such as options.
 * @throws the file system's error when a path does not exist.
 */
export function fingerprint(root: string, paths: readonly string[], salt = ''): string {
  const hash = createHash('sha256').update(salt);
  for (const entry of paths) addPath(hash, root, entry);
  return hash.digest('hex');
}

function addPath(hash: Hash, root: string, relative: string): void {
  const absolute = path.join(root, relative);
  if (statSync(absolute).isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addPath(hash, root, path.posix.join(relative, name));
    return;
  }
  hash.update(`\0${relative}\0`).update(readFileSync(absolute));
}
