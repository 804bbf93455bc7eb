/** A partner's address on which it can fail as partners do: an HTTP proxy in this process. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartnerFault } from '../cases.ts';
import type { Random } from '../random.ts';

/** Longer than a function waits for a partner: such an answer is lost, and one of half of this is not. */
const SLOWEST_MS = 4_000;
const FAILURES = [500, 503, 429];
const GARBAGE = ['<html><body>Bad gateway</body></html>', '{"status":"authori', '{"hello":"world"}', ''];

export interface FaultyPartner {
  readonly url: string;
  /** Requests since the partner began to fail last. */
  readonly callsWhileDown: number;
  fail(fault: PartnerFault): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Passes requests to the partner at `target`, until it is told to fail. */
export async function faultyPartner(target: string, random: Random): Promise<FaultyPartner> {
  let fault: PartnerFault | undefined;
  let calls = 0;
  // On a busy machine a client may use a connection at the moment at which the server ends it for its idleness.
  const server = createServer({ keepAliveTimeout: 0 }, (incoming, outgoing) => {
    if (fault) calls += 1;
    void answer(incoming, outgoing, fault);
  });
  const port = await listen(server, 0);

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, how: PartnerFault | undefined) {
    const body = await bodyOf(incoming);
    const forward = () => forwarded(target, incoming, body);
    const send = ({ status, body: text }: Answer) =>
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(text);
    switch (how) {
      case 'refuses': // It was accepted just before.
      case 'hangs':
        return;
      case 'fails':
        return send({ status: FAILURES[Math.floor(random() * FAILURES.length)]!, body: '{"error":"unavailable"}' });
      case 'garbles':
        if (random() < 0.5) await forward();
        return send({ status: 200, body: GARBAGE[Math.floor(random() * GARBAGE.length)]! });
      case 'loses-answers':
        await forward();
        return outgoing.destroy();
      case 'slow': {
        const carriedOut = await forward();
        setTimeout(() => carriedOut && send(carriedOut), random() * SLOWEST_MS);
        return;
      }
      case undefined: {
        const carriedOut = await forward();
        return carriedOut ? send(carriedOut) : outgoing.destroy();
      }
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    get callsWhileDown() {
      return calls;
    },
    async fail(how) {
      fault = how;
      calls = 0;
      if (how !== 'refuses') return;
      server.close();
      server.closeAllConnections();
    },
    async recover() {
      fault = undefined;
      if (!server.listening) await listen(server, port);
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The partner's answer; undefined when it gives none, as for a token that is never answered. */
const forwarded = (
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer | undefined> =>
  new Promise((resolve) => {
    const sent = request(
      `${target}${url}`,
      { method, headers: { ...headers, host: new URL(target).host }, timeout: 30_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 502, body: Buffer.concat(chunks).toString() }));
        answer.on('error', () => resolve(undefined));
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
