/** A whole platform as its user starts it: `launch/platform/start.ts` in a process of its own, on free ports and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SHORT_WAITS } from '../../../launch/demo/short-waits.ts';
import { clientsAt, type FunctionLog, type Running } from './running.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Only ends what hangs. */
const START_TIMEOUT_MS = 240_000;

export interface Instance extends Running {
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Ends it at once, without any clean-up. */
  kill9(): Promise<void>;
  /** Ctrl-C; resolves to its exit code. */
  interrupt(): Promise<number | null>;
}

export const temporaryDataDir = (): string => mkdtempSync(path.join(tmpdir(), 'waybill-e2e-'));
export const removeDataDir = (dataDir: string): void =>
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });

/** Tests send many requests at once: only the test of rate limits shall meet one. None waits for hours. */
export const TEST_CONFIGURATION = {
  ...SHORT_WAITS,
  limiter: { callers: { perSecond: 100_000, burst: 100_000 } },
  shipping: { askAfterSeconds: 1 },
};
const CONFIGURATION = { WAYBILL_CONFIGURATION: JSON.stringify(TEST_CONFIGURATION) };

export interface Program {
  /** The project that is started. @default this one */
  readonly root?: string;
  /** Arguments of `npm start`. @default none */
  readonly args?: readonly string[];
}

/** @throws Error with its output when it does not become ready. */
export async function startInstance(
  dataDir: string,
  env: NodeJS.ProcessEnv = {},
  { root = ROOT, args = [] }: Program = {},
): Promise<Instance> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', path.join(root, 'launch/platform/start.ts'), ...args],
    {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0', WAYBILL_DATA: dataDir, ...CONFIGURATION, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const exited = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`Not ready after ${START_TIMEOUT_MS} ms:\n${output}`));
    }, START_TIMEOUT_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (/Stop with Ctrl-C/.test(output)) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    // Not `exit`, which may come before its last words.
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`It ended with code ${code} before it was ready:\n${output}`));
    });
  });
  const printed = (pattern: RegExp) => pattern.exec(output)![1]!;
  const endpointUrl = printed(/AWS API\s+(http:\S+)/);
  const clients = clientsAt(endpointUrl);

  return {
    url: printed(/API: (http:\S+)\/api\/v1/),
    gatewayUrl: printed(/Gateway\s+(http:\S+)\/v1\/ledger/),
    carrierUrl: printed(/Carrier\s+(http:\S+)\/v1\/ledger/),
    alipayUrl: printed(/Alipay\s+(http:\S+)\/v1\/ledger/),
    wechatPayUrl: printed(/WeChat Pay\s+(http:\S+)\/v1\/ledger/),
    bankUrl: printed(/Bank\s+(http:\S+)\/v1\/ledger/),
    issuerUrl: printed(/Tokens\s+(http:\S+)/),
    endpointUrl,
    dataDir,
    process: child,
    output: () => output,
    outputs: async () => (await fetch(`${endpointUrl}/_runtime/outputs`)).json() as Promise<Record<string, string>>,
    db: () => clients.db(),
    logs: async () => logsIn(path.join(dataDir, 'logs')),
    async kill9() {
      clients.close();
      child.kill('SIGKILL');
      await exited;
    },
    async interrupt() {
      clients.close();
      child.kill('SIGINT');
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** Partners' logs are theirs. */
function logsIn(folder: string): readonly FunctionLog[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => !file.startsWith('partner-'))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));
}
