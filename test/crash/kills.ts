/** Kills the processes of a platform, one after the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../fault/random.ts';
import { type CrashingPlatform, VICTIMS, type Victim } from './platform.ts';

const LOOK_EVERY_MS = 100;
/** Between two kills, a process that was killed comes up again. */
const LONGEST_PAUSE_MS = 4_000;

interface KillOptions {
  readonly kills: number;
  /** Of the run, from 0 to 1. */
  readonly progress: () => number;
  readonly tell: (line: string) => void;
}

/** Spreads the kills over a run. Each kind of process has its turn as long as there are few kills, so that a short run has every kind. */
export async function killProcesses(
  platform: CrashingPlatform,
  { kills, progress, tell }: KillOptions,
  random: Random,
): Promise<ReadonlyMap<Victim, number>> {
  const killed = new Map<Victim, number>();
  for (let count = 1; count <= kills; count += 1) {
    while (progress() < (count - 1 + random()) / kills) await sleep(LOOK_EVERY_MS);
    await sleep(LONGEST_PAUSE_MS * random());
    const victim = VICTIMS[count <= VICTIMS.length ? count - 1 : Math.floor(random() * VICTIMS.length)]!;
    const at = performance.now();
    await platform.kill(victim);
    killed.set(victim, (killed.get(victim) ?? 0) + 1);
    const back = `, back after ${((performance.now() - at) / 1_000).toFixed(1)} s`;
    tell(`[${count}/${kills}] ${victim}${victim === 'runtime' ? back : ''}`);
  }
  return killed;
}
