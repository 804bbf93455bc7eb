import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EmulatorName } from '../../lib/emulator/emulator-of.ts';
import { synthesisOf } from '../../lib/stages/synthesis.ts';
import { isSynthesized } from '../../lib/synthesis.ts';
import { PROJECT_ROOT } from '../project-root.ts';

export interface AppVariant {
  /** @default AWS, and this machine */
  readonly emulator?: EmulatorName;
  /** The environment, by its name. @default the one without a name */
  readonly stage?: string;
}

/**
 * Bundles the functions and synthesizes the app into `cdk.out`, and each variant of it into a folder of its own; quick when nothing has changed. A process of its own does it, so
 * that the gigabyte that CDK takes is free again afterwards.
 * @throws Error in the words of `npm run synth`
 */
export async function buildApp(onProgress: (step: string) => void, variant: AppVariant = {}): Promise<void> {
  if (isSynthesized(synthesisOf(variant))) return onProgress('the app is up to date');
  onProgress('bundling functions and synthesizing the app');
  const started = performance.now();
  const { emulator, stage } = variant;
  const options = [...(emulator ? ['--emulator', emulator] : []), ...(stage ? ['--stage', stage] : [])];
  await promisify(execFile)(process.execPath, ['--disable-warning=ExperimentalWarning', 'bin/synth.ts', ...options], {
    cwd: PROJECT_ROOT,
  }).catch((error: { readonly stderr?: string; readonly message: string }) => {
    throw new Error(error.stderr?.trim() || error.message);
  });
  onProgress(`synthesized in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
