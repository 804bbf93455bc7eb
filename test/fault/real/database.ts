/** Takes the platform's database away, as a crash or a stall of the service would. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseFault } from '../cases.ts';

const LOOK_EVERY_MS = 100;

/** Begins at once, also with one that the runtime starts meanwhile. Returns what brings the database back. */
export function takeDatabaseAway(dataDir: string, fault: DatabaseFault): () => Promise<void> {
  let isOver = false;
  const stalled = new Set<number>();
  const taking = (async () => {
    while (!isOver) {
      for (const pid of enginesOf(dataDir)) {
        if (fault === 'killed') signal(pid, 'SIGKILL');
        else if (!stalled.has(pid)) signal(pid, 'SIGSTOP');
        stalled.add(pid);
      }
      await sleep(LOOK_EVERY_MS);
    }
    if (fault === 'hangs') for (const pid of stalled) signal(pid, 'SIGCONT');
  })();
  return async () => {
    isOver = true;
    await taking;
  };
}

/** The processes whose data is below the folder; the shell that waits for it has the same arguments, and is none. */
export const enginesOf = (dataDir: string): number[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
    .split('\n')
    .filter(
      (line) =>
        / (-dbPath|--db-path) /.test(line) && line.includes(` ${dataDir}/dynamodb`) && !/^\s*\d+ sh /.test(line),
    )
    .map((line) => Number.parseInt(line, 10));

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
