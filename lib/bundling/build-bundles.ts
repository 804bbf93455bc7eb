import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildResult, build, type Metafile } from 'esbuild';
import { BUNDLES_DIR, bundleDirOf, contextOf, type FunctionName, PROJECT_ROOT, sourceOf } from '../functions.ts';
import { httpWithoutUndici } from './http-without-undici.ts';
import { packageVersions } from './package-versions.ts';
import type { SourcesOfFunctions } from './sources.ts';
import { withoutJsonSchema } from './without-json-schema.ts';

type EsbuildResult = BuildResult<{ write: false; metafile: true }>;
type Output = Metafile['outputs'][string];

export interface BundleFile {
  /** Where it belongs: an absolute path. */
  readonly path: string;
  readonly contents: Uint8Array;
}

export interface BuiltBundles {
  readonly files: readonly BundleFile[];
  /** What esbuild says of each function's module. */
  readonly outputs: ReadonlyMap<FunctionName, Output>;
  readonly sources: SourcesOfFunctions;
}

const JMESPATH_FIELD = path.join(PROJECT_ROOT, 'lib/bundling/jmespath-field.ts');
const makesJsonSchema = (name: FunctionName): boolean => contextOf(name) === 'api-docs';

/** Bundles functions, in at most two calls of esbuild, and writes nothing. @throws esbuild's error when they do not compile */
export async function buildBundles(names: readonly FunctionName[]): Promise<BuiltBundles> {
  const results = await Promise.all(inOneCall(names).map(runEsbuild));
  const all = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs)) as Metafile['outputs'];
  const outputs = new Map(names.map((name) => [name, all[path.relative(PROJECT_ROOT, moduleOf(name))]!]));
  return {
    files: results.flatMap(({ outputFiles, metafile }) => [...outputFiles, ...dataFiles(metafile)]),
    outputs,
    sources: Object.fromEntries(names.map((name) => [name, ownSources(outputs.get(name)!)])),
  };
}

const moduleOf = (name: FunctionName): string => path.join(bundleDirOf(name), 'index.mjs');

const ownSources = ({ inputs }: Output): string[] =>
  Object.keys(inputs).filter((file) => !file.includes('node_modules/'));

/** Data that a source file reads stands beside it, in a file of the same name, and is laid beside the bundles with that source. */
function dataFiles({ outputs }: Metafile): { path: string; contents: Uint8Array }[] {
  return Object.entries(outputs).flatMap(([output, { inputs }]) =>
    Object.keys(inputs)
      .filter((input) => input.startsWith('functions/') && input.endsWith('.ts'))
      .map((input) => path.join(PROJECT_ROOT, input.replace(/\.ts$/, '.json')))
      .filter((data) => output.endsWith('.mjs') && existsSync(data))
      .map((data) => ({
        path: path.join(PROJECT_ROOT, path.dirname(output), path.basename(data)),
        contents: readFileSync(data),
      })),
  );
}

/** The functions that make JSON Schema apart from all others. */
function inOneCall(names: readonly FunctionName[]): FunctionName[][] {
  return [names.filter(makesJsonSchema), names.filter((name) => !makesJsonSchema(name))].filter(
    ({ length }) => length > 0,
  );
}

/** @param names all of them make JSON Schema, or none does */
function runEsbuild(names: readonly FunctionName[]): Promise<EsbuildResult> {
  return build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: names.map((name) => ({
      in: sourceOf(name),
      out: path.join(path.basename(bundleDirOf(name)), 'index'),
    })),
    outdir: BUNDLES_DIR,
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // esbuild drops what is unused from ES modules only, and `main` is CommonJS in most packages.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    // Stack traces need positions, not another copy of the sources in every asset.
    sourcesContent: false,
    legalComments: 'none',
    alias: {
      '@aws/lambda-invoke-store': path.join(PROJECT_ROOT, 'lib/bundling/invoke-store.ts'),
      '@smithy/core/event-streams': path.join(PROJECT_ROOT, 'lib/bundling/event-streams.ts'),
      '@aws-sdk/middleware-endpoint-discovery': path.join(PROJECT_ROOT, 'lib/bundling/endpoint-discovery.ts'),
      '@aws-sdk/credential-provider-node': path.join(PROJECT_ROOT, 'lib/bundling/lambda-credentials.ts'),
      '@aws-lambda-powertools/jmespath': JMESPATH_FIELD,
      '@aws-lambda-powertools/jmespath/functions': JMESPATH_FIELD,
    },
    plugins: [httpWithoutUndici, packageVersions, ...(names.some(makesJsonSchema) ? [] : [withoutJsonSchema])],
    logLevel: 'silent',
  });
}
