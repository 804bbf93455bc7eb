import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A port of its own that leads to a partner: an instance that can go away alone. */
export interface Door {
  readonly port: number;
  /** How many connections came through it so far. */
  readonly connections: number;
  /** From now on it refuses connections, and those that it has are broken. */
  close(): Promise<void>;
  /** Lets connections through again, on the same port. */
  open(): Promise<void>;
}

/** @param url the partner's base URL */
export async function doorTo(url: string): Promise<Door> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((incoming) => {
    connections += 1;
    const outgoing = connect(Number(port), hostname);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    get connections() {
      return connections;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async open() {
      server.listen(own, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
