import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from './template.ts';

/** What a copy is called until it is whole. */
const UNFINISHED = '.part';

/**
 * Copies the assets that the stacks refer to into `dir`, so that functions can be started from there when the assembly
 * has been synthesized again or deleted. An object key names its content, so what is there already is not copied. Only one
 * runtime may use `dir`.
 * @returns the stacks with the copies as their assets
 * @throws Error when an asset is missing from the assembly
 */
export function keepAssets(stacks: readonly Stack[], dir: string): Stack[] {
  mkdirSync(dir, { recursive: true });
  const kept = new Map<string, string>();
  for (const { template, assets } of stacks) {
    const text = JSON.stringify(template);
    for (const [key, source] of assets) {
      if (text.includes(JSON.stringify(key))) kept.set(key, keep(key, source, dir));
    }
  }
  return stacks.map((stack) => ({ ...stack, assets: kept }));
}

/** Deletes from `dir` what no stack refers to any more, and what a killed process left half-copied. */
export function removeOtherAssets(stacks: readonly Stack[], dir: string): void {
  const names = new Set(stacks.flatMap(({ assets }) => [...assets.values()]).map((copy) => path.basename(copy)));
  for (const name of readdirSync(dir)) {
    if (!names.has(name)) rmSync(path.join(dir, name), { recursive: true });
  }
}

function keep(key: string, source: string, dir: string): string {
  const copy = path.join(dir, encodeURIComponent(key));
  if (existsSync(copy)) return copy;
  if (!existsSync(source)) {
    throw new Error(`The asset ${key} is missing from the assembly (${source}). Synthesize the app again.`);
  }
  const unfinished = `${copy}${UNFINISHED}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(source, unfinished, { recursive: true });
  renameSync(unfinished, copy);
  return copy;
}
