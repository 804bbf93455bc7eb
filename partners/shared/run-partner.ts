/** Runs a simulated partner as a program: options from the environment, one line when it listens, a clean end. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import * as z from 'zod';
import { jsonServer, type Route } from './http.ts';
import { Ledger, type Movement } from './ledger.ts';

const options = z.object({
  /** Port on 127.0.0.1; 0 takes a free one. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** SQLite file of the ledger; in memory when absent. */
  DATA_FILE: z.string().min(1).optional(),
  /** `1`: ends when standard input ends, which is when whoever started it is gone, even by a kill -9; SIGINT is ignored. */
  EXIT_WITH_PARENT: z.enum(['0', '1']).default('0'),
});

/** Serves until it is told to end. Prints `{"listening":"http://127.0.0.1:<port>"}` once it does. */
export async function runPartner<M extends Movement>(routesOver: (ledger: Ledger<M>) => readonly Route[]): Promise<void> {
  const { PORT, DATA_FILE, EXIT_WITH_PARENT } = options.parse(process.env);
  const ledger = new Ledger<M>(DATA_FILE);
  const server = jsonServer(routesOver(ledger), (error) => process.stderr.write(`${inspect(error)}\n`));

  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    server.close(() => {
      ledger.close();
      process.exit(0);
    });
    server.closeAllConnections();
  };
  // Ctrl-C reaches every process of a terminal; whoever started this one then decides when it ends.
  process.once('SIGTERM', end).on('SIGINT', EXIT_WITH_PARENT === '1' ? () => {} : end);
  // A reset counts as an end, too: either way nobody is at the other side.
  if (EXIT_WITH_PARENT === '1') process.stdin.on('error', end).on('close', end).resume();

  server.listen(PORT, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(`${JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })}\n`);
}
