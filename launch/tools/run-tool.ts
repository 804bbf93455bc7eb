import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';

/** Runs a program of an installed package on the pinned Node, in the project's folder. Returns its exit code. */
export function runTool(script: string, args: readonly string[], nodeOptions: readonly string[] = []): number {
  const program = path.join(PROJECT_ROOT, 'node_modules', script);
  const done = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', ...nodeOptions, program, ...args],
    {
      cwd: PROJECT_ROOT,
      stdio: 'inherit',
    },
  );
  if (done.error) throw done.error;
  return done.status ?? 1;
}
