import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BuildResult, build, type Metafile } from 'esbuild';
import {
  BUNDLES_DIR,
  bundleDirOf,
  contextOf,
  FUNCTION_NAMES,
  type FunctionName,
  PROJECT_ROOT,
  sourceOf,
} from '../functions.ts';
import { fingerprint } from './fingerprint.ts';
import { withoutJsonSchema } from './without-json-schema.ts';

/** A cold start reads and compiles every byte: no bundle may be larger than this (minified, without its source map). */
export const BUNDLE_LIMIT_BYTES = 400 * 1024;

export interface Bundle {
  readonly name: FunctionName;
  /** Size of the minified code in bytes, without its source map. */
  readonly bytes: number;
}

type BundleResult = BuildResult<{ write: false; metafile: true }>;

const INPUTS = ['functions', 'lib/bundling', 'lib/functions.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];
const JMESPATH_FIELD = path.join(PROJECT_ROOT, 'lib/bundling/jmespath-field.ts');
const makesJsonSchema = (name: FunctionName): boolean => contextOf(name) === 'api-docs';
const STAMP = path.join(BUNDLES_DIR, '.inputs');

/**
 * Bundles every function into `dist/functions/<context>-<verb-noun>/index.mjs`, in two calls of esbuild; does nothing
 * when sources, dependencies and this bundling are as they were.
 * See docs/decisions/0005-functions-are-bundled-by-one-esbuild-call.md.
 * @throws esbuild's error when they do not compile.
 */
export async function bundleFunctions(): Promise<Bundle[]> {
  const inputs = fingerprint(PROJECT_ROOT, INPUTS);
  if (!isCurrent(inputs)) {
    for (const names of inOneCall(FUNCTION_NAMES)) write(await runEsbuild(names));
    removeOthers();
    writeFileSync(STAMP, inputs);
  }
  return FUNCTION_NAMES.map((name) => ({ name, bytes: statSync(path.join(bundleDirOf(name), 'index.mjs')).size }));
}

/** @throws Error that names every bundle above the limit. */
export function assertWithinLimit(bundles: readonly Bundle[]): void {
  const tooLarge = bundles.filter(({ bytes }) => bytes > BUNDLE_LIMIT_BYTES);
  if (tooLarge.length === 0) return;
  throw new Error(
    `Bundles above ${BUNDLE_LIMIT_BYTES / 1024} KB: ${tooLarge.map(({ name, bytes }) => `${name} (${Math.ceil(bytes / 1024)} KB)`).join(', ')}. ` +
      "`npm run bundle -- --why <function>` lists what is in one; `import * as z from 'zod'` keeps out what `import { z }` drags in.",
  );
}

/** What a bundle is made of: bytes by package (or by own source file), largest first. */
export async function explainBundle(name: FunctionName): Promise<[source: string, bytes: number][]> {
  const { metafile } = await runEsbuild([name]);
  const output = Object.entries(metafile.outputs).find(([file]) => file.endsWith('.mjs'))![1];
  const bytesBySource = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    const source = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file;
    bytesBySource.set(source, (bytesBySource.get(source) ?? 0) + bytesInOutput);
  }
  return [...bytesBySource].sort(([, a], [, b]) => b - a);
}

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

function isCurrent(inputs: string): boolean {
  return (
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === inputs &&
    FUNCTION_NAMES.every((name) => existsSync(path.join(bundleDirOf(name), 'index.mjs')))
  );
}

/** The functions that make JSON Schema apart from all others. */
function inOneCall(names: readonly FunctionName[]): FunctionName[][] {
  return [names.filter(makesJsonSchema), names.filter((name) => !makesJsonSchema(name))];
}

/** @param names all of them make JSON Schema, or none does */
function runEsbuild(names: readonly FunctionName[]): Promise<BundleResult> {
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
      '@aws-sdk/endpoint-cache': path.join(PROJECT_ROOT, 'lib/bundling/endpoint-cache.ts'),
      '@aws-sdk/credential-provider-node': path.join(PROJECT_ROOT, 'lib/bundling/lambda-credentials.ts'),
      '@aws-lambda-powertools/jmespath': JMESPATH_FIELD,
      '@aws-lambda-powertools/jmespath/functions': JMESPATH_FIELD,
    },
    plugins: names.some(makesJsonSchema) ? [] : [withoutJsonSchema],
    logLevel: 'silent',
  });
}

/** Each file is replaced in one step and only when it changed: a process that reads bundles meanwhile finds whole ones. */
function write({ outputFiles, metafile }: BundleResult): void {
  for (const { path: file, contents } of [...outputFiles, ...dataFiles(metafile)]) {
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, contents);
    renameSync(draft, file);
  }
}

function removeOthers(): void {
  const wanted = new Set(FUNCTION_NAMES.map((name) => path.basename(bundleDirOf(name))));
  for (const folder of readdirSync(BUNDLES_DIR)) {
    if (!wanted.has(folder)) rmSync(path.join(BUNDLES_DIR, folder), { recursive: true });
  }
}
