import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { consoleInputs } from './bundling/build-console.ts';
import { fingerprint } from './bundling/fingerprint.ts';
import { PROJECT_ROOT } from './functions.ts';

export interface SynthesisOptions {
  /** Where the cloud assembly goes. @default `cdk.out` in the project */
  readonly outdir?: string;
  /** Context values on top of those of cdk.json, such as `{ ephemeral: true }`. @default none */
  readonly context?: Readonly<Record<string, unknown>>;
}

const DEFAULT_OUTDIR = path.join(PROJECT_ROOT, 'cdk.out');
/** The file in the assembly that says what it was made of. */
const STAMP = '.inputs';
const INPUTS = ['functions', 'lib', 'statemachines', 'cdk.json', 'tsconfig.json', 'package-lock.json'];

/** Whether the assembly was made of what there is now. */
export const isSynthesized = ({ outdir, context }: SynthesisOptions = {}): boolean =>
  isMadeOf(inputsWith(context), outdir ?? DEFAULT_OUTDIR);

/**
 * Bundles the functions and synthesizes the app, as `cdk synth` does but in this process and without CloudFormation's rules; does
 * nothing when all that goes in is as it was. The assembly is replaced as a whole: a reader never sees half of one.
 * @returns whether there was something to do.
 * @throws Error when a function has no source or does not compile, a bundle is too large, or a construct refuses what it is given.
 */
export async function synthesize({ outdir = DEFAULT_OUTDIR, context = {} }: SynthesisOptions = {}): Promise<boolean> {
  const inputs = inputsWith(context);
  if (isMadeOf(inputs, outdir)) return false;

  // CDK and esbuild take a while to load: only a run that has something to do waits for them.
  const { assertWithinLimit, bundleFunctions } = await import('./bundling/bundle-functions.ts');
  assertWithinLimit(await bundleFunctions());
  const draft = mkdtempSync(`${path.resolve(outdir)}-`);
  try {
    const { waybillApp } = await import('./waybill-app.ts');
    const { context: flags } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'cdk.json'), 'utf8')) as {
      context: Record<string, unknown>;
    };
    waybillApp({
      outdir: draft,
      context: { ...flags, ...context },
      treeMetadata: false,
      // Takes longer than all else. `cdk synth` holds the same templates against these rules before anything is deployed.
      builtinCloudFormationValidation: false,
    }).synth();
    writeFileSync(path.join(draft, STAMP), inputs);
    if (existsSync(outdir)) renameSync(outdir, `${draft}.old`);
    renameSync(draft, outdir);
  } finally {
    for (const leftover of [draft, `${draft}.old`]) rmSync(leftover, { recursive: true, force: true });
  }
  return true;
}

const inputsWith = (context: SynthesisOptions['context'] = {}): string =>
  fingerprint(PROJECT_ROOT, [...INPUTS, ...consoleInputs()], JSON.stringify(context));

function isMadeOf(inputs: string, outdir: string): boolean {
  const stamp = path.join(outdir, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs;
}
