import { Ledger } from '../shared/ledger.ts';
import type { Program } from '../shared/run-program.ts';
import { Notices } from './notices.ts';
import type { PaymentMovement } from './protocol.ts';
import { gatewayRoutes } from './server.ts';

/** @param dataFile the SQLite file of the ledger; the merchant's endpoint is in a file beside it. Without one both are in memory */
export function paymentGateway(dataFile?: string): Program {
  const ledger = new Ledger<PaymentMovement>(dataFile);
  const notices = new Notices(dataFile && `${dataFile}.endpoint.json`);
  return { routes: gatewayRoutes(ledger, notices), close: () => ledger.close() };
}
