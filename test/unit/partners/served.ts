/** A partner's routes behind a real port, with a ledger in memory. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { admission } from '../../../partners/shared/admission.ts';
import { credentialRoutes } from '../../../partners/shared/credential-routes.ts';
import { jsonServer, type Route } from '../../../partners/shared/http.ts';
import { Ledger, type Movement } from '../../../partners/shared/ledger.ts';
import type { MerchantCredentials } from '../../../partners/shared/merchant-credentials.ts';

export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export interface Served {
  readonly url: string;
  /** Unexpected errors, which the partner answered with 500. */
  readonly reported: unknown[];
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** The entries of the ledger under `key`, without numbers and dates. */
  books(key: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/**
 * @param credentials of the merchant. @default the partner asks for none
 * @param now of the ledger, in milliseconds since the epoch. @default of this machine
 */
export async function serve<M extends Movement>(
  routesOver: (ledger: Ledger<M>) => readonly Route[],
  credentials?: MerchantCredentials,
  now?: () => number,
): Promise<Served> {
  const ledger = new Ledger<M>(undefined, now);
  const reported: unknown[] = [];
  const routes = [...routesOver(ledger), ...(credentials ? credentialRoutes(credentials) : [])];
  const server = jsonServer(routes, (error) => void reported.push(error), {
    admit: credentials && admission(credentials),
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send: Served['send'] = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(`${url}${path}`, { method, headers, ...(text === undefined ? {} : { body: text }) });
    return { status: answer.status, body: await answer.json() };
  };
  return {
    url,
    reported,
    send,
    books: async (key) => {
      const { entries } = (await send('GET', `/v1/ledger?key=${key}`)).body as { entries: Record<string, unknown>[] };
      return entries.map(({ sequence: _, at: __, key: ___, ...movement }) => movement);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      ledger.close();
    },
  };
}
