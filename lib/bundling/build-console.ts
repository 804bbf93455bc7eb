/** The console's files: vite's work, in a folder of its own, and laid beside the function that serves them. */
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../functions.ts';
import { fingerprint } from './fingerprint.ts';

const CONSOLE = path.join(PROJECT_ROOT, 'console');
const BUILT = 'dist';
/** In the folder of the files, and no file of the site. */
const STAMP = '.inputs';

/** What the console is made of, relative to the project. */
export const consoleInputs = (): string[] => [
  ...readdirSync(CONSOLE)
    .filter((name) => name !== BUILT)
    .sort()
    .map((name) => `console/${name}`),
  'statemachines',
  'package-lock.json',
];

/**
 * Builds the console into `console/dist`, or does nothing when what it is made of is as it was. The folder is replaced as a whole.
 * @returns the folder
 * @throws vite's error when it does not compile
 */
export async function buildConsole(): Promise<string> {
  const folder = path.join(CONSOLE, BUILT);
  const stamp = path.join(folder, STAMP);
  const inputs = fingerprint(PROJECT_ROOT, consoleInputs());
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) return folder;

  // It takes a while to load: only a build waits for it.
  const { build } = await import('vite');
  const draft = `${folder}-${process.pid}`;
  try {
    await build({
      configFile: path.join(CONSOLE, 'vite.config.ts'),
      build: { outDir: draft },
      logLevel: 'warn',
    });
    writeFileSync(path.join(draft, STAMP), inputs);
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Copies the built console to where its function looks for it. */
export function layConsole(built: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(built, folder, { recursive: true, filter: (file) => path.basename(file) !== STAMP });
}
