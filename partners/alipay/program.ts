import { Faults } from '../shared/faults.ts';
import { keptSecrets } from '../shared/kept-secrets.ts';
import { Ledger } from '../shared/ledger.ts';
import { Notifier } from '../shared/notifier.ts';
import { commonRoutes } from '../shared/routes.ts';
import type { Program } from '../shared/run-program.ts';
import { customerRoutes } from './customer.ts';
import { Downloads } from './downloads.ts';
import { FAULTS, gatewayRoutes } from './gateway.ts';
import { credentialRoute, newSecrets } from './identity.ts';
import type { TradeMovement } from './protocol.ts';
import { Trades } from './trades.ts';

/** 4 m, 10 m, 10 m, 1 h, 2 h, 6 h, 15 h: the repetitions of Alipay. */
const REPEAT_AFTER_SECONDS = [240, 600, 600, 3_600, 7_200, 21_600, 54_000];

/** @param dataFile the SQLite file of the ledger; the keys, and where notifications go, are in files beside it. Without one all is in memory */
export function alipay(dataFile?: string): Program {
  const secrets = keptSecrets(dataFile && `${dataFile}.keys.json`, newSecrets);
  const ledger = new Ledger<TradeMovement>(dataFile);
  const notifier = new Notifier(REPEAT_AFTER_SECONDS, dataFile && `${dataFile}.merchant`);
  const faults = new Faults(FAULTS);
  const trades = new Trades({ ledger, notifier, secrets, now: Date.now });
  const downloads = new Downloads({ ledger, account: secrets.sellerId, now: Date.now });
  return {
    routes: [
      ...commonRoutes(ledger),
      ...gatewayRoutes({ trades, downloads, faults, secrets, now: Date.now }),
      ...customerRoutes(trades),
      ...notifier.routes,
      faults.route,
      credentialRoute(secrets),
      ...downloads.routes,
    ],
    close: () => ledger.close(),
  };
}
