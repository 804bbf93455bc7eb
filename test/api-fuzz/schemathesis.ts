/** The fuzzer: a Python program, in a virtual environment of its own in the cache folder. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../launch/project-root.ts';

const VERSION = '4.32.5';
const FOLDER = path.join(PROJECT_ROOT, 'node_modules/.cache/api-fuzz', VERSION);
const PROGRAM = path.join(FOLDER, 'bin/schemathesis');
/** Of callers and of what exists, other tests know more. */
const LEFT_OUT = ['ignored_auth', 'use_after_free', 'ensure_resource_availability', 'object_level_authorization'];

/** What requests are made with. */
export interface Given {
  /** Values of `Authorization`. */
  readonly operator: string;
  readonly customer: string;
  /** Values of path parameters that exist. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The same for the paths of tasks. */
  readonly task: Readonly<Record<string, string>>;
}

/** @throws Error when there is no Python, or the package cannot be had */
export function installSchemathesis(): void {
  if (existsSync(PROGRAM)) return;
  run('python3', ['-m', 'venv', FOLDER]);
  run(path.join(FOLDER, 'bin/pip'), ['install', '--quiet', `schemathesis==${VERSION}`]);
}

/** Sends requests to the platform at `url`, and writes what came of them to `report`, line by line. */
export async function fuzz(
  url: string,
  given: Given,
  { seed, examples, report }: { readonly seed: number; readonly examples: number; readonly report: string },
): Promise<void> {
  const phases = ['examples', 'coverage', ...(examples > 0 ? ['fuzzing'] : [])];
  const child = spawn(
    PROGRAM,
    [
      ...['run', `${url}/api/v1/openapi.json`, '--seed', String(seed), '--phases', phases.join(',')],
      ...['--max-examples', String(Math.max(1, examples)), '--continue-on-failure', '--no-shrink', '--no-color'],
      ...['--checks', 'all', '--exclude-checks', LEFT_OUT.join(','), '--request-timeout', '20'],
      ...['--report', 'ndjson', '--report-ndjson-path', report],
    ],
    {
      // It writes a folder of its own into the one that it is started in.
      cwd: path.dirname(report),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        WAYBILL_FUZZ: JSON.stringify(given),
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: import.meta.dirname,
        PYTHONDONTWRITEBYTECODE: '1',
      },
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-3_000);
  });
  const [status] = (await once(child, 'close')) as [number | null];
  // 1 says that there are findings, which the report has.
  if (status !== 0 && status !== 1) throw new Error(`schemathesis ended with ${status}:\n${said}`);
}

function run(program: string, parameters: readonly string[]): void {
  const { status, error } = spawnSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (error ?? status !== 0) {
    throw new Error(
      `${program} ended with ${status ?? error?.message}. The fuzzer needs Python 3.10 or later, with venv and pip.`,
    );
  }
}
