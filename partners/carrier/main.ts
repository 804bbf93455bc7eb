import { Ledger } from '../shared/ledger.ts';
import { runProgram } from '../shared/run-program.ts';
import type { ShipmentMovement } from './protocol.ts';
import { carrierRoutes } from './server.ts';

await runProgram((dataFile) => {
  const ledger = new Ledger<ShipmentMovement>(dataFile);
  return { routes: carrierRoutes(ledger), close: () => ledger.close() };
});
