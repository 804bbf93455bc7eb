/** Bundles and synthesizes into `cdk.out`, or does nothing when that is up to date. */
import { synthesize } from '../lib/synthesis.ts';

try {
  console.log((await synthesize()) ? 'Synthesized to cdk.out.' : 'cdk.out is up to date.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
