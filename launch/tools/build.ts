import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EmulatorName } from '../../lib/emulator/emulator-of.ts';
import { emulatedSynthesis } from '../../lib/emulator/synthesis.ts';
import { isSynthesized } from '../../lib/synthesis.ts';
import { PROJECT_ROOT } from '../project-root.ts';

/**
 * Bundles the functions and synthesizes the app into `cdk.out`, or for an emulator of AWS into a folder of its own; quick when nothing has changed. A process of its own does it, so
 * that the gigabyte that CDK takes is free again afterwards.
 * @throws Error in the words of `npm run synth`
 */
export async function buildApp(onProgress: (step: string) => void, emulator?: EmulatorName): Promise<void> {
  if (isSynthesized(emulator && emulatedSynthesis(emulator))) return onProgress('the app is up to date');
  onProgress('bundling functions and synthesizing the app');
  const started = performance.now();
  await promisify(execFile)(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'bin/synth.ts', ...(emulator ? [emulator] : [])],
    {
      cwd: PROJECT_ROOT,
    },
  ).catch((error: { readonly stderr?: string; readonly message: string }) => {
    throw new Error(error.stderr?.trim() || error.message);
  });
  onProgress(`synthesized in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
