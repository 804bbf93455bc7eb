/** Starts the simulated partners as separate programs with an HTTP address each, as real partners are. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT_ROOT } from '../project-root.ts';

export interface PartnerProcess {
  /** Base URL of the partner's protocol. */
  readonly url: string;
  readonly pid: number;
  /** Ends the partner and waits until its file is complete. */
  close(): Promise<void>;
}

export interface PartnerOptions {
  /** Folder below `partners/`, such as `carrier`. */
  readonly name: string;
  /** The file of its data; in memory when absent. */
  readonly dataFile?: string;
  /** The file for its output. @default this terminal's error stream */
  readonly logFile?: string;
}

/** @throws Error when the partner ends before it listens */
export async function startPartner({ name, dataFile, logFile }: PartnerOptions): Promise<PartnerProcess> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(PROJECT_ROOT, 'partners', name, 'main.ts')],
    {
      // The partner ends when its standard input closes, so that it never outlives this process, even after a kill -9.
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PORT: '0', EXIT_WITH_PARENT: '1', ...(dataFile ? { DATA_FILE: dataFile } : {}) },
    },
  );
  const log: WriteStream | NodeJS.WriteStream = logFile ? createWriteStream(logFile, { flags: 'a' }) : process.stderr;
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'exit');

  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The simulated ${name} ended (code ${code}) before it listened.`)));
    lines.on('line', (line) => {
      const address = /"?listening"?\W+(http:\/\/[\w.:]+)/.exec(line)?.[1];
      if (address) resolve(address);
      else log.write(`${line}\n`);
    });
  });

  return {
    url,
    pid: child.pid!,
    async close() {
      child.kill('SIGTERM');
      await exited;
      if (log !== process.stderr) log.end();
    },
  };
}
