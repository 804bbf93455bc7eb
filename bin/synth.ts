/** Bundles and synthesizes into `cdk.out`, or does nothing when that is up to date. */
import { inspect } from 'node:util';
import { synthesize } from '../lib/synthesis.ts';

try {
  console.log((await synthesize()) ? 'Synthesized to cdk.out.' : 'cdk.out is up to date.');
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
