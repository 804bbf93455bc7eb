import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assertWithinLimit, bundleFunctions } from './bundling/bundle-functions.ts';
import { fingerprint } from './bundling/fingerprint.ts';
import { PROJECT_ROOT } from './functions.ts';

export interface SynthesisOptions {
  /** Where the cloud assembly goes. @default `cdk.out` in the project */
  readonly outdir?: string;
  /** Context values on top of those of cdk.json, such as `{ ephemeral: true }`. @default none */
  readonly context?: Readonly<Record<string, unknown>>;
}

const INPUTS = ['functions', 'lib', 'statemachines', 'cdk.json', 'tsconfig.json', 'package-lock.json'];

/**
 * Bundles the functions and synthesizes the app, as `cdk synth` does but in this process; does nothing when all that
 * goes in is as it was. The assembly is replaced as a whole: a reader never sees half of one.
 * @returns whether there was something to do.
 * @throws Error when a function has no source or does not compile, a bundle is too large, or a template breaks a rule.
 */
export async function synthesize({
  outdir = path.join(PROJECT_ROOT, 'cdk.out'),
  context = {},
}: SynthesisOptions = {}): Promise<boolean> {
  const inputs = fingerprint(PROJECT_ROOT, INPUTS, JSON.stringify(context));
  const stamp = path.join(outdir, '.inputs');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return false;

  assertWithinLimit(await bundleFunctions());
  const draft = mkdtempSync(`${path.resolve(outdir)}-`);
  try {
    // CDK takes a while to load: only a run that has something to synthesize waits for it.
    const { waybillApp } = await import('./waybill-app.ts');
    const { context: flags } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'cdk.json'), 'utf8')) as {
      context: Record<string, unknown>;
    };
    waybillApp({ outdir: draft, context: { ...flags, ...context }, treeMetadata: false }).synth();
    writeFileSync(path.join(draft, '.inputs'), inputs);
    if (existsSync(outdir)) renameSync(outdir, `${draft}.old`);
    renameSync(draft, outdir);
  } finally {
    for (const leftover of [draft, `${draft}.old`]) rmSync(leftover, { recursive: true, force: true });
  }
  return true;
}
