import { Ledger } from '../shared/ledger.ts';
import { runProgram } from '../shared/run-program.ts';
import { TrackingNotices } from './notices.ts';
import type { ShipmentMovement } from './protocol.ts';
import { carrierRoutes } from './server.ts';

await runProgram((dataFile) => {
  const ledger = new Ledger<ShipmentMovement>(dataFile);
  const notices = new TrackingNotices(dataFile && `${dataFile}.endpoint.json`);
  return { routes: carrierRoutes(ledger, notices), close: () => ledger.close() };
});
