/** Which files the functions and the stacks are made of. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { BUNDLES_DIR, PROJECT_ROOT } from '../functions.ts';

/** The project's own files in each function's bundle, relative to the project, by the function's name. */
export type SourcesOfFunctions = Readonly<Record<string, readonly string[]>>;

const FILE = path.join(BUNDLES_DIR, '.sources.json');

/** Of the bundles that were written last; undefined before the first ones. */
export const readSources = (): SourcesOfFunctions | undefined =>
  existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as SourcesOfFunctions) : undefined;

export const writeSources = (sources: SourcesOfFunctions): void => writeFileSync(FILE, JSON.stringify(sources));

/** The project's own modules that make the stacks, relative to the project. @throws esbuild's error when they do not compile */
export async function sourcesOfStacks(): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: ['bin/app.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  return new Set(Object.keys(metafile.inputs));
}
