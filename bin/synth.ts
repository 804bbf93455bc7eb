/**
 * Bundles and synthesizes into `cdk.out`, or does nothing when that is up to date. With the name of an emulator of AWS, `dist/cdk.out-<name>`
 * gets the app as it is there.
 */
import path from 'node:path';
import { inspect } from 'node:util';
import { emulatedSynthesis } from '../lib/emulator/synthesis.ts';
import { synthesize } from '../lib/synthesis.ts';

try {
  const [emulator] = process.argv.slice(2);
  const options = emulator === undefined ? {} : emulatedSynthesis(emulator);
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
