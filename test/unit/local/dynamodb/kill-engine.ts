import { execFileSync } from 'node:child_process';

/** Kills the engine behind a URL with -9, as a crash or the out-of-memory killer would. */
export function killEngine(url: string): void {
  const { port } = new URL(url);
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const engines = processes
    .filter((line) => line.includes(`-port ${port} `) && !/^\s*\d+ sh /.test(line))
    .map((line) => Number.parseInt(line, 10));
  if (engines.length !== 1) throw new Error(`${engines.length} processes serve ${url}.`);
  process.kill(engines[0]!, 'SIGKILL');
}
