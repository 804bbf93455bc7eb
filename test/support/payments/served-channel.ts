/** A simulated payment channel behind a real port, and a merchant's address for its notifications. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jsonServer } from '../../../partners/shared/http.ts';
import type { Program } from '../../../partners/shared/run-program.ts';

export interface ServedChannel {
  readonly url: string;
  /** Of the routes that real channels do not have. */
  ask<Body = Record<string, unknown>>(method: string, path: string, body?: object): Promise<Body>;
  close(): Promise<void>;
}

export async function serveChannel(program: Program): Promise<ServedChannel> {
  const server = jsonServer(program.routes, (error) => {
    throw error;
  });
  const url = await listening(server);
  return {
    url,
    ask: async <Body>(method: string, path: string, body?: object) => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(`${url}${path}`, { method, ...sent });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
      return JSON.parse(text) as Body;
    },
    close: async () => {
      await closed(server);
      program.close();
    },
  };
}

export interface Notified {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Takes every notification, and answers as its channel wants it. */
export async function serveMerchant(answer: { readonly status: number; readonly text: string }) {
  const waiting: ((notified: Notified) => void)[] = [];
  const taken: Notified[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(answer.status).end(answer.text);
      const notified = { headers: request.headers, text: Buffer.concat(chunks).toString() };
      const next = waiting.shift();
      if (next) next(notified);
      else taken.push(notified);
    });
  });
  return {
    url: await listening(server),
    /** The next notification, when it is there. */
    next: (): Promise<Notified> => {
      const first = taken.shift();
      if (first) return Promise.resolve(first);
      const { promise, resolve } = Promise.withResolvers<Notified>();
      waiting.push(resolve);
      return promise;
    },
    close: () => closed(server),
  };
}

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
