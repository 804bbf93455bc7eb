/** MiniStack as a process of ours: in the version that is pinned here, from a virtual environment of its own. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LogFile } from '../../local/log-file.ts';
import { type Emulator, emulatorAt } from './emulator.ts';

const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const LOOK_EVERY_MS = 100;
const KEPT_OUTPUT_CHARACTERS = 2_000;
/** Ends the program when standard input does, so that it never outlives this process, even after a kill -9. */
const UNTIL_INPUT_ENDS =
  'exec 3<&0; "$0" 3<&- </dev/null & program=$!; (cat <&3; kill $program) >/dev/null 2>&1 & wait $program';
/** Each function that runs is a process: so many at a time, where AWS would have a thousand. */
const CONCURRENCY = '50';

export interface StartedMiniStack extends Emulator {
  close(): Promise<void>;
}

/**
 * Starts it on 127.0.0.1 and resolves when it answers; what it holds is gone when it ends. Functions run on the Node of this process.
 * @param folder for the virtual environment and the log
 * @param settings further variables of MiniStack's environment
 * @throws Error when something answers there already, when Python 3 or the package cannot be had, or when MiniStack ends before it answers
 */
export async function startMiniStack(
  url: string,
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<StartedMiniStack> {
  // Another one would answer in place of this one, and stay when this one ends.
  if (await emulatorAt(url)) {
    throw new Error(
      `An emulator answers at ${url} already: leave --start out to deploy to it, or name another address in AWS_ENDPOINT_URL.`,
    );
  }
  const program = await installed(folder);
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, program], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal goes to the whole group: this process decides when the emulator ends.
    detached: true,
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: new URL(url).port,
      LAMBDA_ACCOUNT_CONCURRENCY: CONCURRENCY,
      // Functions find the emulator by its own environment.
      AWS_ENDPOINT_URL: url,
      ...settings,
    },
  });
  const log = new LogFile(path.join(folder, 'ministack.log'), console.warn);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT_CHARACTERS);
      log.append(text);
    });
  }
  const exited = once(child, 'close');
  const close = async (): Promise<void> => {
    child.stdin.end();
    await exited;
    await log.close();
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`MiniStack ended before it answered. It said: ${output.trim()}`);
    const emulator = await emulatorAt(url);
    if (emulator) return { ...emulator, close };
    await sleep(LOOK_EVERY_MS);
  }
}

/** @returns the program, which is installed unless the wanted version is there */
async function installed(folder: string): Promise<string> {
  const environment = path.join(folder, 'python');
  const stamp = path.join(environment, '.waybill-install');
  const program = path.join(environment, 'bin', 'ministack');
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return program;
  mkdirSync(folder, { recursive: true });
  const run = promisify(execFile);
  await run('python3', ['-m', 'venv', environment]).catch((cause: unknown) => {
    throw new Error('MiniStack needs Python 3 with its module venv: `python3 -m venv` does not work here.', { cause });
  });
  await run(path.join(environment, 'bin', 'pip'), ['install', '--quiet', '--requirement', REQUIREMENTS]).catch(
    (cause: { readonly stderr?: string }) => {
      throw new Error(`MiniStack could not be installed with pip: ${cause.stderr?.trim() ?? ''}`, { cause });
    },
  );
  writeFileSync(stamp, wanted);
  return program;
}
