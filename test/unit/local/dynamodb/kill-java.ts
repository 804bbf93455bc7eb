import { execFileSync } from 'node:child_process';

/** Kills the Java behind a DynamoDB Local's URL with -9, as a crash or the out-of-memory killer would. */
export function killJava(url: string): void {
  const { port } = new URL(url);
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const java = processes
    .filter((line) => line.includes(`-port ${port} `) && !/^\s*\d+ sh /.test(line))
    .map((line) => Number.parseInt(line, 10));
  if (java.length !== 1) throw new Error(`${java.length} processes serve ${url}.`);
  process.kill(java[0]!, 'SIGKILL');
}
