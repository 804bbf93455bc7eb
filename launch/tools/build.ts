import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isSynthesized } from '../../lib/synthesis.ts';
import { PROJECT_ROOT } from '../project-root.ts';

/**
 * Bundles the functions and synthesizes the app into `cdk.out`; quick when nothing has changed. A process of its own does it, so
 * that the gigabyte that CDK takes is free again afterwards.
 * @throws Error in the words of `npm run synth`
 */
export async function buildApp(onProgress: (step: string) => void): Promise<void> {
  if (isSynthesized()) return onProgress('the app is up to date');
  onProgress('bundling functions and synthesizing the app');
  const started = performance.now();
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/synth.ts'], {
    cwd: PROJECT_ROOT,
  }).catch((error: { readonly stderr?: string; readonly message: string }) => {
    throw new Error(error.stderr?.trim() || error.message);
  });
  onProgress(`synthesized in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
