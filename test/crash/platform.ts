/** A platform as `npm start` runs it, each of whose processes can be killed with -9. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { enginesOf } from '../fault/real/database.ts';
import { RunningPlatform } from '../fault/real/running-platform.ts';
import { wholeLedger } from '../fault/real/whole-ledger.ts';
import type { LedgerEntry } from '../support/platform/partners.ts';

export const VICTIMS = ['runtime', 'engine', 'payment-gateway', 'carrier'] as const;
export type Victim = (typeof VICTIMS)[number];

/** How long what was killed before may take to be there again. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;

export class CrashingPlatform extends RunningPlatform {
  /** Kills it, and starts the runtime again; the others are started again by the runtime. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'runtime') return this.killAndRestart();
    const deadline = Date.now() + PATIENCE_MS;
    const find = () => (victim === 'engine' ? enginesOf(this.dataDir) : this.#partners(victim));
    let found = find();
    while (found.length === 0) {
      if (Date.now() > deadline) throw new Error(`There is no ${victim} to be killed: it was not started again.`);
      await sleep(LOOK_EVERY_MS);
      found = find();
    }
    for (const pid of found) process.kill(pid, 'SIGKILL');
  }

  ledgers(): Promise<[gateway: LedgerEntry[], carrier: LedgerEntry[]]> {
    const { gatewayUrl, carrierUrl } = this.instance;
    return Promise.all([wholeLedger(gatewayUrl), wholeLedger(carrierUrl)]);
  }

  #partners(name: string): number[] {
    return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, parent]) => Number(parent) === this.instance.process.pid)
      .filter((words) => words.at(-1)!.endsWith(`partners/${name}/main.ts`))
      .map(([pid]) => Number(pid));
  }
}
