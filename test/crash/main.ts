/** `npm run crash-test`: processes of the platform are killed under load, and nothing may come of it. */
import { buildApp } from '../../launch/tools/build.ts';
import { isClean } from '../fault/outcome.ts';
import { describeResult } from '../fault/report.ts';
import { type Options, optionsFrom, USAGE } from './options.ts';
import { CrashingPlatform } from './platform.ts';
import { runOrders } from './run.ts';

/** Only ends what hangs: a busy machine may need a second for an order, and a minute for a kill. */
const LIMIT_SECONDS = { atLeast: 1_800, perOrder: 1, perKill: 60 };

const options = asked();
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const { orders, skus, kills, seed } = options;
console.log(`${orders} orders over ${skus} articles, ${kills} kills, seed ${seed}`);
await buildApp((step) => console.log(`· ${step}`));

const platform = new CrashingPlatform();
const end = (code: number, reason: string) => {
  console.log(reason);
  void platform.close().finally(() => process.exit(code));
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end(130, 'Stopped.'));
const limitSeconds = LIMIT_SECONDS.atLeast + LIMIT_SECONDS.perOrder * orders + LIMIT_SECONDS.perKill * kills;
setTimeout(() => end(1, `It was not over after ${limitSeconds} s.\n0 passed, 1 failed`), 1_000 * limitSeconds).unref();

try {
  await platform.boot();
  const result = await runOrders(platform, options, (line) => console.log(line));
  const counts = [...result.killed].map(([victim, count]) => `${victim} ${count}`).join(', ');
  const { waited, inPart, spread } = result.goods;
  const goods = `${waited} waited for goods, ${inPart} were sent in part, ${spread} from several locations`;
  console.log(describeResult(result, `; ${goods}; killed: ${counts}`));
  for (const line of result.audit.lines()) console.log(`  ${line}`);
  for (const line of result.neverHappened) console.log(`  ✗ ${line}`);
  const passed = isClean(result) && result.audit.isClean && result.neverHappened.length === 0;
  end(passed ? 0 : 1, passed ? '1 passed, 0 failed' : '0 passed, 1 failed');
} catch (error) {
  console.error(error);
  end(1, '0 passed, 1 failed');
}

function asked(): Options {
  try {
    return optionsFrom(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}
