/** MiniStack as a process of ours: in the version that is pinned here, from a virtual environment of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LogFile } from '../../local/log-file.ts';
import { installedInVenv } from '../tools/python.ts';
import { type Emulator, emulatorAt } from './emulator.ts';

const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const LOOK_EVERY_MS = 100;
const KEPT_OUTPUT_CHARACTERS = 2_000;
/** Ends the program when standard input does, so that neither it nor its scratch folder outlives this process, even after a kill -9. */
const UNTIL_INPUT_ENDS =
  'exec 3<&0; "$0" 3<&- </dev/null & program=$!; (cat <&3; kill $program) >/dev/null 2>&1 & wait $program; code=$?; rm -rf "$TMPDIR"; exit $code';
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
  const program = await installedInVenv('ministack', {
    requirements: REQUIREMENTS,
    folder: path.join(folder, 'python'),
  });
  const child = spawn('/bin/sh', ['-c', UNTIL_INPUT_ENDS, program], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal goes to the whole group: this process decides when the emulator ends.
    detached: true,
    env: {
      ...ownEnvironment(),
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH ?? ''}`,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: new URL(url).port,
      LAMBDA_ACCOUNT_CONCURRENCY: CONCURRENCY,
      // Functions find the emulator by its own environment.
      AWS_ENDPOINT_URL: url,
      // It unpacks functions there, and leaves them when it ends.
      TMPDIR: await mkdtemp(path.join(tmpdir(), 'waybill-ministack-')),
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

/** Without what this process says of its own logs: functions that the emulator starts have its environment. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('POWERTOOLS_')));
