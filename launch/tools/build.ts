import { synthesize } from '../../lib/synthesis.ts';

/** Bundles the functions and synthesizes the app into `cdk.out`; quick when nothing has changed. */
export async function buildApp(onProgress: (step: string) => void): Promise<void> {
  onProgress('bundling functions and synthesizing the app');
  const started = performance.now();
  const changed = await synthesize();
  onProgress(
    changed ? `synthesized in ${((performance.now() - started) / 1_000).toFixed(1)} s` : 'the app is up to date',
  );
}
