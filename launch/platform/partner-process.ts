/** Starts the simulated partners as separate programs with an HTTP address each, as real partners are. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { LogFile } from '../../local/log-file.ts';
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
  /** The ports on which it listens, one for each of its instances; 0 takes a free one. @default one free one */
  readonly ports?: readonly number[];
  /** The file of its data; in memory when absent. */
  readonly dataFile?: string;
  /** The file of the credentials that it accepts. @default it asks for none */
  readonly credentialsFile?: string;
  /** The file for its output. @default this terminal's error stream */
  readonly logFile?: string;
  /** Called when it ends by itself after it listened, with the end of its error output. */
  readonly onEnd?: (output: string) => void;
}

const KEPT_OUTPUT_CHARACTERS = 2_000;
/** A partner needs little: with V8's usual young generation each of them would take 8 MB more under load. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=1'];

/** @throws Error with the partner's output when it ends before it listens */
export async function startPartner({
  name,
  ports = [0],
  dataFile,
  credentialsFile,
  logFile,
  onEnd,
}: PartnerOptions): Promise<PartnerProcess> {
  const child = spawn(process.execPath, [...FLAGS, path.join(PROJECT_ROOT, 'partners', name, 'main.ts')], {
    // The partner ends when its standard input closes, so that it never outlives this process, even after a kill -9.
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: ports.join(','),
      EXIT_WITH_PARENT: '1',
      ...(dataFile ? { DATA_FILE: dataFile } : {}),
      ...(credentialsFile ? { CREDENTIALS_FILE: credentialsFile } : {}),
    },
  });
  const file = logFile === undefined ? undefined : new LogFile(logFile, console.warn);
  const log = (text: string) => (file ? file.append(text) : process.stderr.write(text));
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-KEPT_OUTPUT_CHARACTERS);
    log(text);
  });
  const exited = once(child, 'close');

  const lines = createInterface(child.stdout);
  const urls = await new Promise<readonly string[]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const error = new Error(
        `The simulated ${name} ended (code ${code}) before it listened. It said: ${output.trim()}`,
      );
      void Promise.resolve(file?.close()).then(() => reject(error));
    });
    lines.on('line', (line) => {
      if (line.startsWith('{"listening":')) resolve(addressesIn(line));
      else log(`${line}\n`);
    });
  });

  let closing = false;
  child.once('close', () => {
    if (!closing) onEnd?.(output);
  });
  return {
    url: urls[0]!,
    urls,
    pid: child.pid!,
    async close() {
      closing = true;
      child.stdin.end();
      await exited;
      await file?.close();
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
