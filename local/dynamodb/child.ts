import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const KILL_AFTER_MS = 1_800;
const KEPT_OUTPUT_CHARACTERS = 2_000;

/**
 * Runs a program until it ends or until standard input does, which the kernel closes also when this process is killed with
 * -9. The program gets a second for an orderly end. Background jobs of a POSIX shell ignore SIGINT, and the shell leads its own
 * process group, so that ctrl-C in a terminal is left to the runtime.
 */
const GUARDIAN = `
  exec 3<&0
  "$@" 3<&- </dev/null &
  program=$!
  (cat <&3 >/dev/null; kill "$program"; sleep 1; kill -9 "$program") >/dev/null 2>&1 &
  watch=$!
  exec 3<&-
  wait "$program"; code=$?
  kill "$watch" 2>/dev/null
  exit "$code"
`;

/** A program that never outlives this process, however this one ends. */
export class Child {
  /** Resolves when the program is gone. */
  readonly ended: Promise<unknown>;
  /** The end of what it wrote. */
  output = '';
  closing = false;
  readonly #process: ChildProcess;
  #alive = true;

  constructor(command: readonly string[]) {
    this.#process = spawn('sh', ['-c', GUARDIAN, 'sh', ...command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-KEPT_OUTPUT_CHARACTERS);
    };
    this.#process.stdout!.on('data', keep);
    this.#process.stderr!.on('data', keep);
    // The program may be gone before standard input is closed.
    this.#process.stdin!.on('error', () => undefined);
    this.ended = once(this.#process, 'exit').finally(() => {
      this.#alive = false;
    });
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** Ends it at once, as if it had ended by itself with `words` as its last ones. */
  kill(words: string): void {
    if (!this.#alive) return;
    this.output = `${this.output}\n${words}`;
    process.kill(-this.#process.pid!, 'SIGKILL');
  }

  /** Ends it in order, or by force when that takes longer than 2 seconds. */
  async close(): Promise<void> {
    this.closing = true;
    // This ends the program also when the shell alone was killed: another process watches standard input.
    this.#process.stdin!.end();
    if (!this.#alive) return;
    // The whole process group; while the shell has not ended, there is one.
    const force = setTimeout(() => process.kill(-this.#process.pid!, 'SIGKILL'), KILL_AFTER_MS);
    await this.ended;
    clearTimeout(force);
  }
}
