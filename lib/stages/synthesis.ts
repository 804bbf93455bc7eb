import path from 'node:path';
import { emulatedSynthesis } from '../emulator/synthesis.ts';
import { PROJECT_ROOT } from '../functions.ts';
import type { SynthesisOptions } from '../synthesis.ts';
import { stageNamed } from './stage.ts';
import { STAGES } from './stages.ts';

/**
 * Where a variant of the app goes, and what is different in it.
 * @param stage the environment @default the one without a name
 * @param emulator of AWS @default AWS, and this machine
 * @throws Error when there is no such stage or emulator, or when the stage is wrong
 */
export function synthesisOf({
  stage,
  emulator,
}: {
  readonly stage?: string | undefined;
  readonly emulator?: string | undefined;
}): SynthesisOptions {
  const emulated = emulator === undefined ? undefined : emulatedSynthesis(emulator);
  if (stage === undefined) return emulated ?? {};
  const { name } = stageNamed(stage, STAGES);
  const folder = ['cdk.out', name, ...(emulator === undefined ? [] : [emulator])].join('-');
  return { outdir: path.join(PROJECT_ROOT, 'dist', folder), context: { ...emulated?.context, stage: name } };
}
