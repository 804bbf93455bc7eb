/** The app's Lambda functions, found where they are: the files at the root of each context are what AWS invokes. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** `<bounded context>/<verb-noun>`; its source is `functions/<name>.ts`. */
export type FunctionName = `${string}/${string}`;

export const PROJECT_ROOT = path.resolve(import.meta.dirname, '..');

/** Where the bundles go, one folder per function; CDK takes each folder as a code asset. */
export const BUNDLES_DIR = path.join(PROJECT_ROOT, 'dist/functions');

const FUNCTIONS_DIR = path.join(PROJECT_ROOT, 'functions');
/** Folders of `functions/` that are no bounded context. */
const COMMON = ['published', 'shared'];
/** Files at the root of a context that are no function. */
const NO_FUNCTION = ['composition.ts', 'routes.ts'];

export const FUNCTION_NAMES: readonly FunctionName[] = readdirSync(FUNCTIONS_DIR, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !COMMON.includes(entry.name))
  .flatMap(({ name: context }) =>
    readdirSync(path.join(FUNCTIONS_DIR, context))
      .filter((file) => file.endsWith('.ts') && !NO_FUNCTION.includes(file))
      .map((file): FunctionName => `${context}/${path.basename(file, '.ts')}`),
  )
  .sort();

export const contextOf = (name: FunctionName): string => name.slice(0, name.indexOf('/'));

export const sourceOf = (name: FunctionName): string => path.join(FUNCTIONS_DIR, `${name}.ts`);

/** The folder of a function's bundle: `index.mjs` and its source map. */
export const bundleDirOf = (name: FunctionName): string => path.join(BUNDLES_DIR, name.replace('/', '-'));
