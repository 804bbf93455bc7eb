import { chmodSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { bundleDirOf, type FunctionName, PROJECT_ROOT } from '../functions.ts';

const FOLDER = path.join(PROJECT_ROOT, 'dist/emulator');
const EXECUTABLE = 0o755;

/** Lays the loop of the Runtime API beside a function's bundle, in a folder of their own. @returns that folder */
export function bundleWithBootstrap(name: FunctionName): string {
  const bundle = bundleDirOf(name);
  const folder = path.join(FOLDER, path.basename(bundle));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(bundle, folder, { recursive: true });
  const bootstrap = path.join(folder, 'bootstrap');
  cpSync(path.join(import.meta.dirname, 'bootstrap.mjs'), bootstrap);
  chmodSync(bootstrap, EXECUTABLE);
  return folder;
}
