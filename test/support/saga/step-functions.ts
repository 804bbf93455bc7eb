/** The functions of the sagas' steps, found by name: a state `ReserveInventory` invokes `functions/<context>/reserve-inventory.ts`. */
import '../platform/function-environment.ts';
import { globSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SAGAS } from './definition.ts';

const FUNCTIONS = fileURLToPath(new URL('../../../functions/', import.meta.url));

/** Makes the handler of a step from what its context needs, which may be more than this step does. */
export type MakeStep = (deps: unknown) => (event: unknown) => Promise<unknown>;

async function makerOf(step: string): Promise<MakeStep> {
  const file = `${step.replace(/\B[A-Z]/g, '-$&').toLowerCase()}.ts`;
  const [found, ...others] = globSync(`*/${file}`, { cwd: FUNCTIONS });
  if (found === undefined || others.length > 0) {
    throw new Error(`${step} needs exactly one functions/<context>/${file}.`);
  }
  const module = (await import(pathToFileURL(FUNCTIONS + found).href)) as { readonly makeHandler: MakeStep };
  return module.makeHandler;
}

const STEPS = [...new Set(SAGAS.flatMap(([, { steps }]) => steps))];

/** By the name of the state that invokes them. */
export const STEP_FUNCTIONS: ReadonlyMap<string, MakeStep> = new Map(
  await Promise.all(STEPS.map(async (step) => [step, await makerOf(step)] as const)),
);
