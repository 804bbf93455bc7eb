import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Makes a folder for data that is gone with this process, and removes those of processes that were killed and could not do so.
 * @param kind the first word of its name
 */
export function temporaryFolder(kind: string, parent = tmpdir()): string {
  for (const name of readdirSync(parent)) {
    const [, owner] = new RegExp(`^${kind}-(\\d+)-`).exec(name) ?? [];
    if (owner !== undefined && !isAlive(Number(owner))) {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
  return mkdtempSync(path.join(parent, `${kind}-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may be another user's, and then lives as well.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
