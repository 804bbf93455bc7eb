/** `npm run crash-test`: processes of the platform are killed under load, and nothing may come of it. */
import { buildApp } from '../../launch/tools/build.ts';
import { isClean } from '../fault/outcome.ts';
import type { Random } from '../fault/random.ts';
import { describeResult } from '../fault/report.ts';
import { runLoad } from '../fault/run-case.ts';
import { type Options, optionsFrom, USAGE } from './options.ts';
import { CrashingPlatform, VICTIMS, type Victim } from './platform.ts';

/** Between two kills pass up to so many seconds; a runtime takes some more until it is there again. */
const LONGEST_PAUSE_SECONDS = 4;
const SECONDS_PER_KILL = 6;
/** As many as two processors carry beside the test itself. */
const LOAD = { marginSeconds: 5, perSecond: 1 };
/** For everything besides the kills: to come to rest, and to look at the books. */
const LIMIT_SECONDS = 1_200;

const options = asked();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const { kills, seed } = options;
console.log(`${kills} kills, seed ${seed}`);
await buildApp((step) => console.log(`· ${step}`));

const platform = new CrashingPlatform();
const end = (code: number, reason: string) => {
  console.log(reason);
  void platform.close().finally(() => process.exit(code));
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(130, 'Stopped.'));
const limitSeconds = LIMIT_SECONDS + 5 * kills * SECONDS_PER_KILL;
setTimeout(() => end(1, `It was not over after ${limitSeconds} s.\n0 passed, 1 failed`), 1_000 * limitSeconds).unref();

const killed = new Map<Victim, number>();
try {
  await platform.boot();
  const trouble = { seconds: kills * SECONDS_PER_KILL, happen: killAll };
  const result = await runLoad(platform, trouble, LOAD, seed);
  const counts = [...killed].map(([victim, count]) => `${victim} ${count}`).join(', ');
  console.log(describeResult(result, `; killed: ${counts}`));
  end(isClean(result) ? 0 : 1, isClean(result) ? '1 passed, 0 failed' : '0 passed, 1 failed');
} catch (error) {
  console.error(error);
  end(1, '0 passed, 1 failed');
}

/** Each kind of process in turn as long as there are few kills, so that a short run has every kind. */
async function killAll(random: Random): Promise<void> {
  for (let count = 1; count <= kills; count += 1) {
    await platform.sleep(1_000 * LONGEST_PAUSE_SECONDS * random());
    const victim = VICTIMS[count <= VICTIMS.length ? count - 1 : Math.floor(random() * VICTIMS.length)]!;
    const at = Date.now();
    await platform.kill(victim);
    killed.set(victim, (killed.get(victim) ?? 0) + 1);
    console.log(
      `[${count}/${kills}] ${victim}${victim === 'runtime' ? `, back after ${((Date.now() - at) / 1_000).toFixed(1)} s` : ''}`,
    );
  }
}

function asked(): Options {
  try {
    return optionsFrom(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
