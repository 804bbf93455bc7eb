import { connect } from 'node:net';

/** Sends bytes as they are and resolves with everything that comes back until the server closes, or after `idleMs` of silence. */
export async function rawRequest(port: number, bytes: string | Buffer, idleMs = 1_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const finish = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(idleMs, finish);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    // A server may reset the connection of a client that sends garbage; what it said before is what counts.
    socket.on('error', finish);
    socket.on('close', finish);
    socket.write(bytes);
  });
}
