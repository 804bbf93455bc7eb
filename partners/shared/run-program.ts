/** Runs a simulated partner as a program: options from the environment, one line when it listens, a clean end. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import * as z from 'zod';
import { admission, certifiedAdmission } from './admission.ts';
import { credentialRoutes } from './credential-routes.ts';
import { jsonServer, type Route, type ServerTls } from './http.ts';
import { MerchantCredentials } from './merchant-credentials.ts';

const options = z.object({
  /** Port on 127.0.0.1; 0 takes a free one. Several, with commas: one for each instance of the partner, which all know the same. */
  PORT: z
    .string()
    .regex(/^\d{1,5}(,\d{1,5}){0,9}$/)
    .default('0')
    .transform((ports) => ports.split(',').map(Number)),
  /** The file of the partner's data; in memory when absent. */
  DATA_FILE: z.string().min(1).optional(),
  /** The file of the merchant's credentials, for a partner that asks for one. Without it everybody may ask. */
  CREDENTIALS_FILE: z.string().min(1).optional(),
  /** The files of its certificate and key, in PEM, for a partner that speaks TLS. */
  TLS_CERTIFICATE_FILE: z.string().min(1).optional(),
  TLS_KEY_FILE: z.string().min(1).optional(),
  /** Who vouches for the merchant's certificate, in PEM, for a partner that asks for one. */
  TLS_CLIENT_AUTHORITY_FILE: z.string().min(1).optional(),
  /** `1`: ends when standard input ends, which the parent process brings about, and which happens when it is gone, even by a kill -9; signals are ignored. */
  EXIT_WITH_PARENT: z.enum(['0', '1']).default('0'),
});

export interface Program {
  readonly routes: readonly Route[];
  /** The routes of the second port and those after it, of a process that stands for several partners. @default those of the first */
  readonly furtherRoutes?: readonly (readonly Route[])[];
  /** The port to take again if it is free, unless PORT names one. */
  readonly port?: number | undefined;
  /** Called with the base URL before the program says that it listens. */
  readonly listening?: (url: string) => void;
  close(): void;
}

/** How long to wait for a port that the program's previous run may not have released yet. */
const PORT_PATIENCE_MS = 3_000;

/** Serves until a signal ends it. Prints `{"listening":"http://127.0.0.1:<port>"}` (https with TLS) once it does, with the URLs of further instances as `also`. */
export async function runProgram(open: (dataFile?: string) => Program): Promise<void> {
  const settings = options.parse(process.env);
  const { PORT, DATA_FILE, CREDENTIALS_FILE, EXIT_WITH_PARENT } = settings;
  const program = open(DATA_FILE);
  const report = (error: unknown) => process.stderr.write(`${inspect(error)}\n`);
  const credentials = CREDENTIALS_FILE === undefined ? undefined : new MerchantCredentials(CREDENTIALS_FILE);
  const routesAt = (index: number): readonly Route[] => {
    const routes = (index > 0 ? program.furtherRoutes?.[index - 1] : undefined) ?? program.routes;
    return credentials === undefined ? routes : [...routes, ...credentialRoutes(credentials)];
  };
  const tls = tlsFrom(settings);
  const admitting = credentials === undefined ? undefined : admission(credentials);
  const admit = tls?.clientAuthority === undefined ? admitting : certifiedAdmission(admitting);
  const servers = PORT.map((_, index) => jsonServer(routesAt(index), report, { admit, tls }));
  const urlOf = (server: Server): string =>
    `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void Promise.all(servers.map(closed)).then(() => {
      program.close();
      process.exit(0);
    });
  };
  if (EXIT_WITH_PARENT === '1') {
    // Ctrl-C reaches every process of a terminal, and a service manager ends whole groups: the parent process decides when this one ends.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
    // A reset counts as an end, too: in both cases the parent is gone.
    process.stdin.on('error', end).on('close', end).resume();
  } else {
    process.once('SIGTERM', end).once('SIGINT', end);
  }

  const [first, ...others] = servers as [Server, ...Server[]];
  const [port = 0, ...otherPorts] = PORT;
  if (port !== 0 || program.port === undefined) await listen(first, port);
  else if (!(await listenAgain(first, program.port))) await listen(first, 0);
  await Promise.all(others.map((server, index) => listen(server, otherPorts[index]!)));
  const url = urlOf(first);
  program.listening?.(url);
  const also = others.map(urlOf);
  process.stdout.write(`${JSON.stringify({ listening: url, ...(also.length > 0 ? { also } : {}) })}\n`);
}

function tlsFrom({ TLS_CERTIFICATE_FILE, TLS_KEY_FILE, TLS_CLIENT_AUTHORITY_FILE }: z.output<typeof options>) {
  if (TLS_CERTIFICATE_FILE === undefined || TLS_KEY_FILE === undefined) return undefined;
  const [certificate, key] = [TLS_CERTIFICATE_FILE, TLS_KEY_FILE].map((file) => readFileSync(file, 'utf8'));
  const clientAuthority = TLS_CLIENT_AUTHORITY_FILE && readFileSync(TLS_CLIENT_AUTHORITY_FILE, 'utf8');
  return { certificate, key, ...(clientAuthority ? { clientAuthority } : {}) } as ServerTls;
}

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

/** Resolves to whether it listens on the port; to false when another process keeps the port. */
async function listenAgain(server: Server, port: number): Promise<boolean> {
  const deadline = Date.now() + PORT_PATIENCE_MS;
  for (;;) {
    try {
      await listen(server, port);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (Date.now() > deadline) return false;
      await sleep(50);
    }
  }
}
