import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * A program of Python in a virtual environment of its own, which is made unless the wanted versions are there.
 * @param requirements a file with the packages and their versions
 * @param folder where the environment is
 * @returns the path of the program
 * @throws Error when there is no Python, or the packages cannot be had
 */
export async function installedInVenv(
  program: string,
  { requirements, folder }: { readonly requirements: string; readonly folder: string },
): Promise<string> {
  const stamp = path.join(folder, '.waybill-install');
  const wanted = readFileSync(requirements, 'utf8');
  const installed = path.join(folder, 'bin', program);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return installed;
  mkdirSync(path.dirname(folder), { recursive: true });
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', folder]).catch((cause: unknown) => {
    throw new Error(`${program} needs Python 3 with its module venv: \`python3 -m venv\` does not work here.`, {
      cause,
    });
  });
  await run(path.join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]).catch(
    (cause: { readonly stderr?: string }) => {
      throw new Error(`${program} could not be installed with pip: ${cause.stderr?.trim() ?? ''}`, { cause });
    },
  );
  writeFileSync(stamp, wanted);
  return installed;
}
