import type { Route } from './http.ts';
import { Ledger, type Movement } from './ledger.ts';
import { runProgram } from './run-program.ts';

/** Runs a partner that has a ledger; `DATA_FILE` is the ledger's SQLite file. */
export const runPartner = <M extends Movement>(routesOver: (ledger: Ledger<M>) => readonly Route[]): Promise<void> =>
  runProgram((dataFile) => {
    const ledger = new Ledger<M>(dataFile);
    return { routes: routesOver(ledger), close: () => ledger.close() };
  });
