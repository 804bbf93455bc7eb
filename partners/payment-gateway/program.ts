import { Ledger } from '../shared/ledger.ts';
import type { Program } from '../shared/run-program.ts';
import { Clock } from './clock.ts';
import { Notices } from './notices.ts';
import type { PaymentMovement } from './protocol.ts';
import { gatewayRoutes } from './server.ts';

/** @param dataFile the SQLite file of ledger and intents; the merchant's endpoint is in a file beside it. Without one all is in memory */
export function paymentGateway(dataFile?: string): Program {
  const clock = new Clock(Date.now);
  const ledger = new Ledger<PaymentMovement>(dataFile, clock.now);
  const notices = new Notices(dataFile && `${dataFile}.endpoint.json`);
  return { routes: gatewayRoutes(ledger, { notices, clock }), close: () => ledger.close() };
}
