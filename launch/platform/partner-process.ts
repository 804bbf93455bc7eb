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
  /** Base URLs of its instances, that one first. */
  readonly urls: readonly string[];
  readonly pid: number;
  /** Ends the partner and waits until its file is complete. */
  close(): Promise<void>;
}

export interface PartnerOptions {
  /** Folder below `partners/`, such as `carrier`. */
  readonly name: string;
  /** On how many ports it listens. @default 1 */
  readonly instances?: number;
  /** The file of its data; in memory when absent. */
  readonly dataFile?: string;
  /** The file of the credentials that it accepts. @default it asks for none */
  readonly credentialsFile?: string;
  /** The file for its output. @default this terminal's error stream */
  readonly logFile?: string;
}

/** @throws Error when the partner ends before it listens */
export async function startPartner({
  name,
  instances = 1,
  dataFile,
  credentialsFile,
  logFile,
}: PartnerOptions): Promise<PartnerProcess> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(PROJECT_ROOT, 'partners', name, 'main.ts')],
    {
      // The partner ends when its standard input closes, so that it never outlives this process, even after a kill -9.
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: '0',
        INSTANCES: String(instances),
        EXIT_WITH_PARENT: '1',
        ...(dataFile ? { DATA_FILE: dataFile } : {}),
        ...(credentialsFile ? { CREDENTIALS_FILE: credentialsFile } : {}),
      },
    },
  );
  const log: WriteStream | NodeJS.WriteStream = logFile ? createWriteStream(logFile, { flags: 'a' }) : process.stderr;
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'exit');

  const lines = createInterface(child.stdout);
  const urls = await new Promise<readonly string[]>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The simulated ${name} ended (code ${code}) before it listened.`)));
    lines.on('line', (line) => {
      if (line.startsWith('{"listening":')) resolve(addressesIn(line));
      else log.write(`${line}\n`);
    });
  });

  return {
    url: urls[0]!,
    urls,
    pid: child.pid!,
    async close() {
      child.kill('SIGTERM');
      await exited;
      if (log !== process.stderr) log.end();
    },
  };
}

function addressesIn(line: string): readonly string[] {
  const { listening, also = [] } = JSON.parse(line) as {
    readonly listening: string;
    readonly also?: readonly string[];
  };
  return [listening, ...also];
}
