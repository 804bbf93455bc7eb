import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BUNDLES_DIR, bundleDirOf, FUNCTION_NAMES, type FunctionName, PROJECT_ROOT } from '../functions.ts';
import { type BundleFile, buildBundles } from './build-bundles.ts';
import { buildConsole, consoleInputs, layConsole } from './build-console.ts';
import { fingerprint } from './fingerprint.ts';
import { writeSources } from './sources.ts';

/** A cold start reads and compiles every byte: no bundle may be larger than this (minified, without its source map). */
export const BUNDLE_LIMIT_BYTES = 400 * 1024;

export interface Bundle {
  readonly name: FunctionName;
  /** Size of the minified code in bytes, without its source map. */
  readonly bytes: number;
}

const INPUTS = ['functions', 'lib/bundling', 'lib/functions.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];
/** Serves the console, whose files are laid beside it. */
const SERVES_CONSOLE = 'console/get-console';
const STAMP = path.join(BUNDLES_DIR, '.inputs');

/**
 * Bundles every function into `dist/functions/<context>-<verb-noun>/index.mjs`, in two calls of esbuild, and builds the console beside the one that serves it; does nothing
 * when sources, dependencies and this bundling are as they were.
 * See docs/decisions/0005-functions-are-bundled-by-one-esbuild-call.md.
 * @throws esbuild's error when they do not compile.
 */
export async function bundleFunctions(): Promise<Bundle[]> {
  const inputs = fingerprint(PROJECT_ROOT, [...INPUTS, ...consoleInputs()]);
  if (!isCurrent(inputs)) {
    const [{ files, sources }, site] = await Promise.all([buildBundles(FUNCTION_NAMES), buildConsole()]);
    write(files);
    layConsole(site, path.join(bundleDirOf(SERVES_CONSOLE), 'site'));
    removeOthers();
    writeSources(sources);
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
  const { outputs } = await buildBundles([name]);
  const bytesBySource = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(outputs.get(name)!.inputs)) {
    const source = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file;
    bytesBySource.set(source, (bytesBySource.get(source) ?? 0) + bytesInOutput);
  }
  return [...bytesBySource].sort(([, a], [, b]) => b - a);
}

function isCurrent(inputs: string): boolean {
  return (
    existsSync(STAMP) &&
    readFileSync(STAMP, 'utf8') === inputs &&
    FUNCTION_NAMES.every((name) => existsSync(path.join(bundleDirOf(name), 'index.mjs')))
  );
}

/** Each file is replaced in one step and only when it changed: a process that reads bundles meanwhile finds whole ones. */
function write(files: readonly BundleFile[]): void {
  for (const { path: file, contents } of files) {
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
