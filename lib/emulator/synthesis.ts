import path from 'node:path';
import { PROJECT_ROOT } from '../functions.ts';
import type { SynthesisOptions } from '../synthesis.ts';
import { EMULATORS } from './emulator-of.ts';

/**
 * Where the app for an emulator goes, and what is different in it. It can be deleted with all its data.
 * @throws Error when there is no emulator of that name
 */
export function emulatedSynthesis(emulator: string): SynthesisOptions {
  if (!EMULATORS.some((known) => known === emulator)) {
    throw new Error(`The emulator is "${emulator}"; expected one of ${EMULATORS.join(', ')}.`);
  }
  return { outdir: path.join(PROJECT_ROOT, 'dist', `cdk.out-${emulator}`), context: { ephemeral: true, emulator } };
}
