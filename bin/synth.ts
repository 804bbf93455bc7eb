/**
 * Bundles and synthesizes into `cdk.out`, or does nothing when that is up to date. `--stage <name>` makes the app of an environment of
 * `lib/stages/stages.ts`, and `--emulator <name>` the app as it is on an emulator of AWS, each in a folder of its own below `dist/`.
 */
import path from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { synthesisOf } from '../lib/stages/synthesis.ts';
import { synthesize } from '../lib/synthesis.ts';

try {
  const text = { type: 'string' } as const;
  const options = synthesisOf(parseArgs({ options: { stage: text, emulator: text } }).values);
  const folder = path.relative(process.cwd(), options.outdir ?? 'cdk.out');
  console.log((await synthesize(options)) ? `Synthesized to ${folder}.` : `${folder} is up to date.`);
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
}

/** What is wrong, and the place in the project where it came about. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return inspect(error);
  const [, place] = /((?:lib|functions|bin)\/[\w./-]+:\d+)/.exec(error.stack ?? '') ?? [];
  const isNamed = /^[\w./-]+\.(ts|json):/m.test(error.message);
  return place === undefined || isNamed ? error.message : `${place}: ${error.message}`;
}
